/** The {@code lockstep} command: arguments in, results and an exit code out. */
@NullMarked
package dev.lockstep.cli;

import org.jspecify.annotations.NullMarked;
