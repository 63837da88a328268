/**
 * Events as they are judged: the envelope that says whose they are and when they occurred, and
 * named values read from JSON bytes without building what no rule asks for.
 */
@NullMarked
package dev.lockstep.event;

import org.jspecify.annotations.NullMarked;
