/** Alerts into Elasticsearch: documents, the sink that writes them, and the index template. */
@NullMarked
package dev.lockstep.connector.elasticsearch;

import org.jspecify.annotations.NullMarked;
