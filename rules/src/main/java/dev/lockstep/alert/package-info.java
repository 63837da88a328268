/** What the engine finds: alerts, their identity, their JSON and the lane that they go out by. */
@NullMarked
package dev.lockstep.alert;

import org.jspecify.annotations.NullMarked;
