/**
 * What two engines' comparison came to: verdicts and summaries added up for customers, hours, rules
 * and fields, over a period that somebody asks about.
 */
@NullMarked
package dev.lockstep.evidence;

import org.jspecify.annotations.NullMarked;
