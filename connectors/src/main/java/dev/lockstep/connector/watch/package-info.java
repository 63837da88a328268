/** Notices that files have changed and are complete, without the help of the file system. */
@NullMarked
package dev.lockstep.connector.watch;

import org.jspecify.annotations.NullMarked;
