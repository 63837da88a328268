/** Judgement of events under the rules and flags in force. */
@NullMarked
package dev.lockstep.job.detect;

import org.jspecify.annotations.NullMarked;
