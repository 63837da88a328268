/** Rules and flags as one control stream that every operator sees in the same order. */
@NullMarked
package dev.lockstep.job.control;

import org.jspecify.annotations.NullMarked;
