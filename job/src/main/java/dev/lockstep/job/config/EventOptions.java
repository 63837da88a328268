package dev.lockstep.job.config;

import dev.lockstep.connector.kafka.StartingPoint;
import dev.lockstep.event.EnvelopeLayout;
import dev.lockstep.event.EnvelopePlace;
import dev.lockstep.job.config.TypedOptions.Entry;
import java.util.List;

/** From options to what comes in. */
final class EventOptions {

  private EventOptions() {}

  static LockstepConfig.Events events(TypedOptions options) {
    return new LockstepConfig.Events(
        options.get(LockstepOptions.EVENTS_TOPIC, OptionChecks::topic),
        options.get(LockstepOptions.EVENTS_FROM, StartingPoint::parse),
        layout(options),
        options.get(LockstepOptions.EVENTS_MAX_OUT_OF_ORDERNESS, OptionChecks::notNegative),
        options.get(LockstepOptions.EVENTS_MAX_AHEAD, OptionChecks::notNegative),
        options.get(LockstepOptions.EVENTS_IDLENESS, OptionChecks::positive),
        options.map(LockstepOptions.EVENTS_STRIPES, EventOptions::stripes),
        new LockstepConfig.Lateness(
            options.get(LockstepOptions.EVENTS_ALLOWED_LATENESS, OptionChecks::notNegative),
            options.get(LockstepOptions.EVENTS_KEEP_LATE)));
  }

  static EnvelopeLayout layout(TypedOptions options) {
    return new EnvelopeLayout(
        options.list(LockstepOptions.EVENTS_CUSTOMER, EnvelopePlace::parse, OptionChecks::notEmpty),
        options.list(LockstepOptions.EVENTS_ID, EnvelopePlace::parse, List::copyOf),
        options.list(LockstepOptions.EVENTS_TIME, EnvelopePlace::parse, List::copyOf),
        options.get(LockstepOptions.EVENTS_MAX_SIZE, OptionChecks::bytes));
  }

  private static Integer stripes(Entry customer) {
    if (!customer.value().matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException("must be 1 to 9999, was '" + customer.value() + "'");
    }
    return Integer.valueOf(customer.value());
  }
}
