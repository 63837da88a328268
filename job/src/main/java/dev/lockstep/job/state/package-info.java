/**
 * What the operators remember: the control state that every operator holds, elements held back
 * until it is known, and all state descriptors.
 */
@NullMarked
package dev.lockstep.job.state;

import org.jspecify.annotations.NullMarked;
