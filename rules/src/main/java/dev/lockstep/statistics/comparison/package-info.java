/** Whether two engines did the same, by their statistics and by parity's verdicts. */
@NullMarked
package dev.lockstep.statistics.comparison;

import org.jspecify.annotations.NullMarked;
