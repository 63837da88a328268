package dev.lockstep.job.config;

import dev.lockstep.parity.ComparedEngines;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From options to the comparison of two engines. */
final class ParityOptions {

  private ParityOptions() {}

  static LockstepConfig.Parity parity(TypedOptions options) {
    return new LockstepConfig.Parity(
        engines(options),
        options.get(LockstepOptions.PARITY_TOPIC, OptionChecks::topic),
        new LockstepConfig.ParityTimes(
            options.get(LockstepOptions.PARITY_WINDOW, OptionChecks::positive),
            options.get(LockstepOptions.PARITY_MAX_WAIT, OptionChecks::positive),
            options.get(LockstepOptions.PARITY_KEEP, OptionChecks::notNegative),
            options.get(LockstepOptions.PARITY_IDLENESS, OptionChecks::positive)),
        options.get(LockstepOptions.PARITY_SUMMARY_INTERVAL, OptionChecks::positive),
        options.get(LockstepOptions.PARITY_WRITE_MATCHED),
        options.find(LockstepOptions.PARITY_EXPECTED, OptionChecks::notBlank).orElse(null));
  }

  private static @Nullable ComparedEngines engines(TypedOptions options) {
    Optional<String> first = options.find(LockstepOptions.PARITY_FIRST, OptionChecks::engineName);
    Optional<String> second = options.find(LockstepOptions.PARITY_SECOND, OptionChecks::engineName);
    Optional<String> control =
        options.find(LockstepOptions.PARITY_CONTROL, OptionChecks::engineName);
    if (first.isEmpty() || second.isEmpty()) {
      if (options.isSet(LockstepOptions.PARITY_FIRST)
          != options.isSet(LockstepOptions.PARITY_SECOND)) {
        options.problem(
            LockstepOptions.PARITY_SECOND, "must be set together with parity.first, or neither");
      }
      return null;
    }
    try {
      return new ComparedEngines(first.get(), second.get(), control.orElse(null));
    } catch (IllegalArgumentException e) {
      options.problem(LockstepOptions.PARITY_SECOND, String.valueOf(e.getMessage()));
      return null;
    }
  }
}
