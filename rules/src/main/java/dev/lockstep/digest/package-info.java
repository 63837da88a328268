/** Hashes by which content and findings are identified, the same everywhere and for ever. */
@NullMarked
package dev.lockstep.digest;

import org.jspecify.annotations.NullMarked;
