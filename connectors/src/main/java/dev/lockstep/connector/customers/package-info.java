/** The customer directory: a file that says what flags may target of customers. */
@NullMarked
package dev.lockstep.connector.customers;

import org.jspecify.annotations.NullMarked;
