/** Event time, where the sources of events and those of control meet. */
@NullMarked
package dev.lockstep.job.time;

import org.jspecify.annotations.NullMarked;
