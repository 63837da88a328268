/** Alerts into Elasticsearch, which indexes what Kafka holds. */
@NullMarked
package dev.lockstep.job.index;

import org.jspecify.annotations.NullMarked;
