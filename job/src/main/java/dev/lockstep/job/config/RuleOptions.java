package dev.lockstep.job.config;

import dev.lockstep.connector.content.RuleServerSettings;
import dev.lockstep.job.config.LockstepOptions.RulesSource;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From options to where rules come from, and what they may do. */
final class RuleOptions {

  private RuleOptions() {}

  static LockstepConfig.Rules rules(TypedOptions options) {
    return new LockstepConfig.Rules(
        options.get(LockstepOptions.RULES_SOURCE),
        options.get(LockstepOptions.RULES_DIRECTORY, OptionChecks::notBlank),
        options.get(LockstepOptions.RULES_TOPIC, OptionChecks::topic),
        server(options),
        options.get(LockstepOptions.RULES_MAX_REMOVED_SHARE, OptionChecks::share),
        new LockstepConfig.RuleLimits(
            options.get(LockstepOptions.RULES_MATCHES_PER_MINUTE, OptionChecks::positive),
            options.get(LockstepOptions.RULES_MAX_TIME_SHARE, OptionChecks::share),
            options.get(LockstepOptions.RULES_MAX_FAULTS_PER_MINUTE, OptionChecks::positive),
            options.get(LockstepOptions.RULES_MAX_KEPT_PER_GROUP, OptionChecks::positive)));
  }

  /** Reads the options of the server also when it is not the source, so that a mistake shows. */
  private static @Nullable RuleServerSettings server(TypedOptions options) {
    Optional<URI> url = options.find(LockstepOptions.RULES_URL, OptionChecks::httpUri);
    String tokenFile =
        options.find(LockstepOptions.RULES_TOKEN_FILE, OptionChecks::notBlank).orElse(null);
    Duration interval = options.get(LockstepOptions.RULES_POLL_INTERVAL, OptionChecks::positive);
    if (url.isEmpty()) {
      boolean wanted = options.get(LockstepOptions.RULES_SOURCE) == RulesSource.HTTP;
      if (wanted && !options.isSet(LockstepOptions.RULES_URL)) {
        options.problem(LockstepOptions.RULES_URL, "must be set when rules.source is http");
      }
      return null;
    }
    try {
      return new RuleServerSettings(url.get(), tokenFile, interval);
    } catch (IllegalArgumentException e) {
      options.problem(LockstepOptions.RULES_URL, String.valueOf(e.getMessage()));
      return null;
    }
  }
}
