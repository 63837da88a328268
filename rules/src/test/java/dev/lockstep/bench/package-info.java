/** Benchmarks of judgement, run by hand with the profile {@code bench} (BENCHMARKS.md). */
@NullMarked
package dev.lockstep.bench;

import org.jspecify.annotations.NullMarked;
