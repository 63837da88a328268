/** Flag decisions as the engine sees them: a port without any vendor's types. */
@NullMarked
package dev.lockstep.flag;

import org.jspecify.annotations.NullMarked;
