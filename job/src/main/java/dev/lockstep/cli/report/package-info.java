/**
 * The comparison of two engines as one page of HTML that needs nothing else. What it shows is in
 * the hands of attackers: only {@link dev.lockstep.cli.report.Html} writes text into the page.
 */
@NullMarked
package dev.lockstep.cli.report;

import org.jspecify.annotations.NullMarked;
