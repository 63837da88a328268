/** References to secrets, which travel in place of the secrets. */
@NullMarked
package dev.lockstep.connector.secret;

import org.jspecify.annotations.NullMarked;
