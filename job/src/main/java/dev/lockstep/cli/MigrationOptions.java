package dev.lockstep.cli;

import dev.lockstep.connector.launchdarkly.FlagApi;
import dev.lockstep.connector.launchdarkly.FlagApiSettings;
import dev.lockstep.connector.secret.SecretReference;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.migration.EngineRoute;
import dev.lockstep.migration.Thresholds;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whom a migration is about, what it goes by, and when a step counts as safe. */
final class MigrationOptions {

  @Option(
      names = "--from",
      paramLabel = "ENGINE",
      description = "The engine that customers leave (default: the first of those compared).")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "ENGINE",
      description = "The engine that they go to (default: the second of those compared).")
  private @Nullable String to;

  @Option(
      names = "--customer",
      paramLabel = "ID",
      split = ",",
      description = "These customers only (default: all that the topics name).")
  private List<String> customers = List.of();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description =
          "What was compared from then on counts: a time such as 2026-01-31T12:00:00Z, or so long"
              + " ago, such as 2h (default: since both engines hold their present bundles).")
  private @Nullable Moment since;

  @Option(
      names = "--trickle",
      paramLabel = "PERCENT",
      defaultValue = "10%",
      converter = Share.Converter.class,
      description =
          "Share of events that the new engine gets first; 0%% to begin with all of them (default:"
              + " 10%%).")
  private Share trickle = new Share(0.1);

  @Option(
      names = "--comparisons",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "How many alerts of a customer must have been compared before it goes live (default:"
              + " ${DEFAULT-VALUE}).")
  private long comparisons = 100;

  @Option(
      names = "--tolerance",
      paramLabel = "PERCENT",
      defaultValue = "0%",
      converter = Share.Converter.class,
      description = "Share of these that may differ; noise does not count (default: 0%%).")
  private Share tolerance = new Share(0);

  @Option(
      names = "--max-noise",
      paramLabel = "PERCENT",
      defaultValue = "1%",
      converter = Share.Converter.class,
      description =
          "Share of alerts that a control engine may have otherwise than the engine of its version"
              + " (default: 1%%).")
  private Share noise = new Share(0.01);

  @Option(
      names = "--max-lag",
      paramLabel = "DURATION",
      defaultValue = "5min",
      converter = DemoCommand.DurationConverter.class,
      description =
          "How far event time may be behind, and how old a status may be (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration lag = Duration.ofMinutes(5);

  @Option(
      names = "--different-rules",
      description = "The engines are meant to hold different rules.")
  private boolean differentRules;

  @Option(
      names = "--flags",
      paramLabel = "FILE",
      description = "Flag file in LaunchDarkly's format (default: the source of the options).")
  private @Nullable Path flags;

  @Option(
      names = "--customers",
      paramLabel = "FILE",
      description =
          "Customer directory, whose attributes flags may target (default: customers.file of the"
              + " options).")
  private @Nullable Path customerFile;

  @Option(
      names = "--api-token",
      paramLabel = "REFERENCE",
      description =
          "Where an access token of LaunchDarkly is that may read and change flags, never the token"
              + " itself: env:NAME or file:PATH. It is no SDK key.")
  private @Nullable String apiToken;

  @Option(
      names = "--api-uri",
      paramLabel = "URI",
      defaultValue = "https://app.launchdarkly.com",
      description =
          "Address of LaunchDarkly's REST API, such as https://app.eu.launchdarkly.com (default:"
              + " ${DEFAULT-VALUE}).")
  private URI apiUri = FlagApi.LAUNCHDARKLY;

  @Option(
      names = "--project",
      paramLabel = "KEY",
      defaultValue = "default",
      description = "Key of the project that the flags are in (default: ${DEFAULT-VALUE}).")
  private String project = "default";

  @Option(
      names = "--environment",
      paramLabel = "KEY",
      defaultValue = "production",
      description = "Key of the environment of the SDK key (default: ${DEFAULT-VALUE}).")
  private String environment = "production";

  @Option(
      names = "--timeout",
      defaultValue = "10s",
      converter = DemoCommand.DurationConverter.class,
      description = "How long Kafka and LaunchDarkly may not answer (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(10);

  @Mixin private JobOptions options = new JobOptions();

  LockstepConfig config() {
    return options.read();
  }

  /** The engine that customers leave, and the one that they go to. */
  Engines engines(MigrationRecords records) {
    List<String> compared = records.evidence().engines();
    Engines engines =
        new Engines(named(from, compared, 0, "--from"), named(to, compared, 1, "--to"));
    if (engines.from().equals(engines.to())) {
      throw CommandFailure.ofInput(
          "--from and --to must be two engines, both were " + engines.from());
    }
    return engines;
  }

  private static String named(
      @Nullable String given, List<String> compared, int index, String option) {
    if (given != null) {
      return given;
    }
    if (compared.size() <= index) {
      throw CommandFailure.ofInput(
          "no engines have been compared yet: name the engine by " + option);
    }
    return compared.get(index);
  }

  /** Two engines. */
  record Engines(String from, String to) {}

  List<String> customers() {
    return customers;
  }

  Duration timeout() {
    return timeout;
  }

  String environment() {
    return environment;
  }

  AskedFlags flags(LockstepConfig config) {
    return AskedFlags.of(flags == null ? List.of() : List.of(flags), customerFile, config.flags());
  }

  /** The share of the first step, in thousandths of a percent. */
  int trickle() {
    int weight = (int) Math.round(trickle.value() * EngineRoute.ALL);
    if (weight == EngineRoute.ALL) {
      throw CommandFailure.ofInput("--trickle must be less than 100%");
    }
    return weight;
  }

  Thresholds thresholds() {
    try {
      return new Thresholds(
          comparisons, tolerance.value(), noise.value(), lag, lag, !differentRules);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.ofInput(String.valueOf(e.getMessage()));
    }
  }

  /** From when on comparisons count; null if that follows from the engines. */
  @Nullable Instant since(Instant now) {
    return Moment.asOf(now, since);
  }

  /** LaunchDarkly's API; null without a token. */
  @Nullable FlagApi api() {
    if (apiToken == null) {
      return null;
    }
    try {
      return new FlagApi(
          new FlagApiSettings(apiUri, SecretReference.parse(apiToken), project, environment),
          Clock.systemUTC());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.ofInput(String.valueOf(e.getMessage()));
    }
  }

  /** Where the API's address, token, project and environment are, as they were given. */
  String apiWords() {
    StringBuilder words = new StringBuilder();
    if (!apiUri.equals(FlagApi.LAUNCHDARKLY)) {
      words.append(" --api-uri ").append(apiUri);
    }
    words.append(" --api-token ").append(apiToken == null ? "env:LD_API_TOKEN" : apiToken);
    return words
        .append(" --project ")
        .append(project)
        .append(" --environment ")
        .append(environment)
        .toString();
  }
}
