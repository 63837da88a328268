/** Tests of judgement, by example and by corpora that others wrote. */
@NullMarked
package dev.lockstep.program;

import org.jspecify.annotations.NullMarked;
