/** Syntax trees are planned once into an immutable program that judges any number of events. */
@NullMarked
package dev.lockstep.program;

import org.jspecify.annotations.NullMarked;
