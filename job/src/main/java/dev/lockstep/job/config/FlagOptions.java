package dev.lockstep.job.config;

import dev.lockstep.connector.launchdarkly.FlagKeys;
import dev.lockstep.connector.launchdarkly.LaunchDarklySettings;
import dev.lockstep.connector.launchdarkly.LaunchDarklySettings.Endpoints;
import dev.lockstep.connector.secret.SecretReference;
import dev.lockstep.flag.Disposition;
import dev.lockstep.job.config.LockstepOptions.FlagsSource;
import dev.lockstep.job.config.LockstepOptions.OnMissing;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From options to where flags come from. */
final class FlagOptions {

  private FlagOptions() {}

  static LockstepConfig.Flags flags(TypedOptions options) {
    FlagsSource source = options.get(LockstepOptions.FLAGS_SOURCE);
    OnMissing onMissing = options.get(LockstepOptions.FLAGS_ON_MISSING);
    if (source == FlagsSource.NONE && onMissing == OnMissing.HOLD) {
      options.problem(
          LockstepOptions.FLAGS_ON_MISSING,
          "must be live, shadow or off when flags.source is none: events would wait for ever");
    }
    FlagKeys keys = keys(options);
    return new LockstepConfig.Flags(
        settings(options, source, keys),
        keys,
        options.find(LockstepOptions.CUSTOMERS_FILE, OptionChecks::notBlank).orElse(null),
        disposition(onMissing));
  }

  private static FlagKeys keys(TypedOptions options) {
    String ingress = options.get(LockstepOptions.FLAGS_INGRESS_KEY, OptionChecks::notBlank);
    String egress = options.get(LockstepOptions.FLAGS_EGRESS_KEY, OptionChecks::notBlank);
    if (ingress.equals(egress)) {
      options.problem(
          LockstepOptions.FLAGS_EGRESS_KEY,
          "must differ from flags.ingress-key, was '" + egress + "'");
      return FlagKeys.DEFAULT;
    }
    return new FlagKeys(ingress, egress);
  }

  /** Reads the options of all sources, so that a mistake shows before its source is chosen. */
  private static @Nullable LaunchDarklySettings settings(
      TypedOptions options, FlagsSource source, FlagKeys keys) {
    String file = options.get(LockstepOptions.FLAGS_FILE, OptionChecks::notBlank);
    SecretReference sdkKey = options.get(LockstepOptions.FLAGS_SDK_KEY, SecretReference::parse);
    Endpoints endpoints = endpoints(options);
    return switch (source) {
      case FILE -> LaunchDarklySettings.file(List.of(file), keys);
      case LAUNCHDARKLY -> LaunchDarklySettings.streaming(sdkKey, endpoints, keys);
      case LAUNCHDARKLY_POLLING -> LaunchDarklySettings.polling(sdkKey, endpoints, keys);
      case NONE -> null;
    };
  }

  private static Endpoints endpoints(TypedOptions options) {
    Optional<URI> relay = options.find(LockstepOptions.FLAGS_RELAY_URI, OptionChecks::httpUri);
    Optional<URI> stream = options.find(LockstepOptions.FLAGS_STREAMING_URI, OptionChecks::httpUri);
    Optional<URI> polling = options.find(LockstepOptions.FLAGS_POLLING_URI, OptionChecks::httpUri);
    return new Endpoints(stream.or(() -> relay).orElse(null), polling.or(() -> relay).orElse(null));
  }

  private static @Nullable Disposition disposition(OnMissing onMissing) {
    return switch (onMissing) {
      case HOLD -> null;
      case LIVE -> Disposition.LIVE;
      case SHADOW -> Disposition.SHADOW;
      case OFF -> Disposition.OFF;
    };
  }
}
