/**
 * Faults on purpose: a standalone Flink cluster, Kafka and Elasticsearch as processes of their own,
 * load whose alerts are known, and what is left of it after processes were killed, stopped and
 * moved.
 */
@NullMarked
package dev.lockstep.chaos;

import org.jspecify.annotations.NullMarked;
