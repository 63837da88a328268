/** Sigma documents become a checked syntax tree, or a list of issues that point into the text. */
@NullMarked
package dev.lockstep.sigma;

import org.jspecify.annotations.NullMarked;
