/** Tests of explanations. */
@NullMarked
package dev.lockstep.explain;

import org.jspecify.annotations.NullMarked;
