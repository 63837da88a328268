/** Tests of how events are read and asked. */
@NullMarked
package dev.lockstep.event;

import org.jspecify.annotations.NullMarked;
