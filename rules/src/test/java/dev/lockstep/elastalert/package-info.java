@NullMarked
package dev.lockstep.elastalert;

import org.jspecify.annotations.NullMarked;
