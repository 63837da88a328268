/** The way out: which lane, and the sinks of each. */
@NullMarked
package dev.lockstep.job.deliver;

import org.jspecify.annotations.NullMarked;
