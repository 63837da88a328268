/** Who the customers are, as far as flags ask. */
@NullMarked
package dev.lockstep.customer;

import org.jspecify.annotations.NullMarked;
