/**
 * Do two engines agree? Copies of an alert are compared and judged, near matches are paired, and an
 * alert that flags lost between two engines is found. Pure: time is event time that others tell.
 */
@NullMarked
package dev.lockstep.parity;

import org.jspecify.annotations.NullMarked;
