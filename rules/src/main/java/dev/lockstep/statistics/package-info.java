/**
 * What an engine did in a period of event time, customer by customer: how it is counted, and how
 * the topic {@code engine-status} carries it.
 */
@NullMarked
package dev.lockstep.statistics;

import org.jspecify.annotations.NullMarked;
