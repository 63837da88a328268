/** Rule content as it is delivered: documents, bundles and their versions. */
@NullMarked
package dev.lockstep.content;

import org.jspecify.annotations.NullMarked;
