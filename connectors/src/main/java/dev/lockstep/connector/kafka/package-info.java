/** Kafka at the edges: event records in; alerts, dead letters and status records out. */
@NullMarked
package dev.lockstep.connector.kafka;

import org.jspecify.annotations.NullMarked;
