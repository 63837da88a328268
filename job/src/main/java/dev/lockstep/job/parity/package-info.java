/** The stage that compares two engines' alerts, rescues what flags lost, and counts. */
@NullMarked
package dev.lockstep.job.parity;

import org.jspecify.annotations.NullMarked;
