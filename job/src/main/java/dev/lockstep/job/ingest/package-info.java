/** From records of the event topic to events with a customer, an id and a time. */
@NullMarked
package dev.lockstep.job.ingest;

import org.jspecify.annotations.NullMarked;
