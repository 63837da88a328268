/**
 * What becomes of candidate content on events of the past: results go to files, and nowhere else.
 */
@NullMarked
package dev.lockstep.job.backtest;

import org.jspecify.annotations.NullMarked;
