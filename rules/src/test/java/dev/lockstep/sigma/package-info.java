/** Tests of how Sigma documents are understood and refused. */
@NullMarked
package dev.lockstep.sigma;

import org.jspecify.annotations.NullMarked;
