/**
 * Events as rules see them: named values, read from JSON bytes without building what no rule asks
 * for.
 */
@NullMarked
package dev.lockstep.event;

import org.jspecify.annotations.NullMarked;
