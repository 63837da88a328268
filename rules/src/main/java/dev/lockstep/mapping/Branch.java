package dev.lockstep.mapping;

import dev.lockstep.sigma.Detection;
import java.util.Optional;

/**
 * One kind of event that a rule is about.
 *
 * @param when what such an event fulfils, in the names of events; empty for every event
 * @param names where it has its fields
 */
record Branch(Optional<Detection> when, FieldNames names) {}
