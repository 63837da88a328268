@NullMarked
package dev.lockstep.customer;

import org.jspecify.annotations.NullMarked;
