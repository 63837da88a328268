/**
 * {@code lockstep bench}: what the whole job takes, beside a job that only moves the same bytes.
 */
@NullMarked
package dev.lockstep.local.bench;

import org.jspecify.annotations.NullMarked;
