/** What savepoints and checkpoints hold, and what they must go on holding. */
@NullMarked
package dev.lockstep.job.savepoint;

import org.jspecify.annotations.NullMarked;
