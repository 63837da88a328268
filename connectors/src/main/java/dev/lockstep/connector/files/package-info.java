/** Events from files: discovered below a path, cut into records, read in parallel parts. */
@NullMarked
package dev.lockstep.connector.files;

import org.jspecify.annotations.NullMarked;
