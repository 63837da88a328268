/** Options: one list of them, one checked record, all problems at once. */
@NullMarked
package dev.lockstep.job.config;

import org.jspecify.annotations.NullMarked;
