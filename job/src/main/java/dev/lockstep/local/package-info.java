/** The embedded default: real Kafka and real Elasticsearch as child processes on loopback. */
@NullMarked
package dev.lockstep.local;

import org.jspecify.annotations.NullMarked;
