/**
 * Correlations: what several events of a group come to. Pure state machines that take occurrences
 * in the order of event time and keep what they know in numbered slots of bytes, which may lie
 * anywhere.
 */
@NullMarked
package dev.lockstep.correlation;

import org.jspecify.annotations.NullMarked;
