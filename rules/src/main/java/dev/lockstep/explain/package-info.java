/** Why a rule matched an event, or why not: every part of its condition with what it looked at. */
@NullMarked
package dev.lockstep.explain;

import org.jspecify.annotations.NullMarked;
