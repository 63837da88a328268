/** Dead letters that are tried again: after a while by themselves, or at once by command. */
@NullMarked
package dev.lockstep.job.retry;

import org.jspecify.annotations.NullMarked;
