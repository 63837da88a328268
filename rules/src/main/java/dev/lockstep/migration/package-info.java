/**
 * Moves customers from one engine to another, step by step: where each stands, which step is next,
 * and whether it is safe.
 */
@NullMarked
package dev.lockstep.migration;

import org.jspecify.annotations.NullMarked;
