/** Metrics by the names that dashboards and alert rules rely on. */
@NullMarked
package dev.lockstep.job.metrics;

import org.jspecify.annotations.NullMarked;
