/** Which parts of rules their tests have seen both true and false. */
@NullMarked
package dev.lockstep.coverage;

import org.jspecify.annotations.NullMarked;
