/** The stage that adds up what all others count, customer by customer. */
@NullMarked
package dev.lockstep.job.statistics;

import org.jspecify.annotations.NullMarked;
