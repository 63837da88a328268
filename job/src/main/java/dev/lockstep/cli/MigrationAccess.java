package dev.lockstep.cli;

import dev.lockstep.connector.launchdarkly.FlagApi;
import dev.lockstep.connector.launchdarkly.FlagRoutes;
import dev.lockstep.connector.launchdarkly.FlagSetRefusedException;
import dev.lockstep.connector.launchdarkly.LaunchDarklySettings;
import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What commands about migrations read before they can say anything. */
final class MigrationAccess {

  private MigrationAccess() {}

  /**
   * Reads the topics.
   *
   * @throws CommandFailure if Kafka does not answer
   */
  static MigrationRecords records(
      LockstepConfig config, MigrationOptions options, PrintWriter err) {
    try {
      MigrationRecords records = MigrationRecords.read(config, options.timeout());
      if (records.unreadable() > 0) {
        err.println(
            "lockstep: passed by "
                + Amount.of(records.unreadable(), "record")
                + " of engine-status and parity that cannot be read");
      }
      return records;
    } catch (IOException e) {
      throw CommandFailure.ofDependency(
          e.getMessage() + " (kafka.bootstrap-servers: " + config.kafka().bootstrapServers() + ")");
    }
  }

  /**
   * Gets the flags.
   *
   * @throws CommandFailure if there are none, or they cannot be had
   */
  static FlagRoutes routes(AskedFlags asked, MigrationOptions options, @Nullable FlagApi api) {
    LaunchDarklySettings source = asked.source();
    if (source == null) {
      throw CommandFailure.ofInput(
          "there are no flags to route customers by: name a file by --flags, or the job's options"
              + " by --config");
    }
    for (String file : source.flagFiles()) {
      if (!Files.isRegularFile(Path.of(file))) {
        throw CommandFailure.ofInput(
            "there is no flag file %s: name one by --flags, or the job's options by --config"
                .formatted(file));
      }
    }
    try {
      return FlagRoutes.open(source, asked.customers(), options.timeout(), api);
    } catch (FlagSetRefusedException e) {
      throw CommandFailure.ofInput(
          "%s: an engine would refuse these flags: %s".formatted(asked.origin(), e.reason()));
    } catch (IOException e) {
      throw CommandFailure.ofDependency(asked.origin() + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.ofDependency("interrupted while waiting for flags");
    }
  }

  /** Judges all that the options ask about. */
  static Migration migration(
      MigrationOptions options,
      MigrationRecords records,
      @Nullable FlagRoutes routes,
      Instant now) {
    MigrationOptions.Engines engines = options.engines(records);
    return Migration.of(
        records,
        engines.from(),
        engines.to(),
        options.customers(),
        routes,
        options.since(now),
        options.thresholds(),
        options.trickle(),
        now);
  }
}
