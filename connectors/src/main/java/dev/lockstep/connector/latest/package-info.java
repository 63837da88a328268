/** A source of one value that changes now and then, of which only the newest counts. */
@NullMarked
package dev.lockstep.connector.latest;

import org.jspecify.annotations.NullMarked;
