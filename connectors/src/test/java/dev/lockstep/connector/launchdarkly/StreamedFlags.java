package dev.lockstep.connector.launchdarkly;

import dev.lockstep.connector.latest.RetryDelays;
import dev.lockstep.connector.launchdarkly.LaunchDarklySettings.Endpoints;
import dev.lockstep.connector.secret.SecretReference;
import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FlagDecisions;
import dev.lockstep.flag.FlagSubject;
import java.nio.file.Path;
import java.time.Duration;

/** Sources that listen to a server of the test, and what the sets that they emit decide. */
final class StreamedFlags {

  private static final FlagSubject SUBJECT = new FlagSubject("acme", "blue", "e1", null);

  private StreamedFlags() {}

  /** A source that replaces a client that has given up soon. */
  static LaunchDarklyFlagSource from(LaunchDarklyServer server, Path keyFile) {
    return new LaunchDarklyFlagSource(
        LaunchDarklySettings.streaming(
            SecretReference.parse("file:" + keyFile),
            Endpoints.relay(server.uri()),
            FlagKeys.DEFAULT),
        new RetryDelays(Duration.ofMillis(50), Duration.ofMillis(200)));
  }

  static Disposition egressOf(String flagSet) {
    try (FlagDecisions decisions =
        new LaunchDarklyFlagSetReader(FlagKeys.DEFAULT).read(flagSet, CustomerDirectory.EMPTY)) {
      return decisions.egress(SUBJECT).value();
    }
  }

  static boolean ingressOf(String flagSet) {
    try (FlagDecisions decisions =
        new LaunchDarklyFlagSetReader(FlagKeys.DEFAULT).read(flagSet, CustomerDirectory.EMPTY)) {
      return decisions.ingress(SUBJECT).value();
    }
  }
}
