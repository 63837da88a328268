/** Events as they are judged, and the envelope that says whose they are and when they occurred. */
@NullMarked
package dev.lockstep.event;

import org.jspecify.annotations.NullMarked;
