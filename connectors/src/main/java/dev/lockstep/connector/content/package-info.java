/** Rule content from where it is kept, as whole bundles. */
@NullMarked
package dev.lockstep.connector.content;

import org.jspecify.annotations.NullMarked;
