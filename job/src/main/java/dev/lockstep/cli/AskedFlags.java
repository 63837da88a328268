package dev.lockstep.cli;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.launchdarkly.FlagDataMode;
import dev.lockstep.connector.launchdarkly.FlagExplainer;
import dev.lockstep.connector.launchdarkly.FlagSetRefusedException;
import dev.lockstep.connector.launchdarkly.LaunchDarklySettings;
import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.customer.ParsedCustomers;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FixedExplanations;
import dev.lockstep.flag.FlagExplanations;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.sigma.Issue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The flags that a command asks.
 *
 * @param source null if there never are any
 * @param customers what they may target of customers
 * @param onMissing decides while there are none; null if events would wait
 */
record AskedFlags(
    @Nullable LaunchDarklySettings source,
    CustomerDirectory customers,
    @Nullable Disposition onMissing) {

  private static final String ON_MISSING = "flags.on-missing";

  /**
   * Those of the files or, if there are none, of the job with these options.
   *
   * @param customerFile null for that of the options, if they name one
   */
  static AskedFlags of(
      List<Path> files, @Nullable Path customerFile, LockstepConfig.Flags options) {
    LaunchDarklySettings source =
        files.isEmpty()
            ? options.source()
            : LaunchDarklySettings.file(
                files.stream().map(Path::toString).toList(), options.keys());
    String customers = customerFile == null ? options.customerFile() : customerFile.toString();
    return new AskedFlags(
        source,
        customers == null ? CustomerDirectory.EMPTY : directory(customers),
        options.onMissing());
  }

  private static CustomerDirectory directory(String file) {
    ParsedCustomers parsed;
    try {
      parsed = CustomerDirectory.parse(file, Files.readString(Path.of(file)));
    } catch (IOException e) {
      throw CommandFailure.ofInput("cannot read the customers in " + file + ": " + e);
    }
    if (!parsed.issues().isEmpty()) {
      throw CommandFailure.ofInput(
          parsed.issues().stream().map(Issue::toString).collect(Collectors.joining("\n")));
    }
    return parsed.directory();
  }

  /** Where they are from, in words. */
  String origin() {
    if (source == null) {
      return ON_MISSING;
    }
    if (source.mode() == FlagDataMode.FILE) {
      return String.join(", ", source.flagFiles());
    }
    URI relay = source.endpoints().streaming();
    return relay == null ? "LaunchDarkly" : "LaunchDarkly at " + relay;
  }

  /**
   * Gets them, once.
   *
   * @throws FlagSetRefusedException if a job would refuse them
   * @throws CommandFailure if a file is not there, or LaunchDarkly gives none in time
   */
  FlagExplanations open(Duration timeout) throws FlagSetRefusedException {
    if (source == null) {
      return new FixedExplanations(
          requireNonNull(onMissing, "options without a source say what decides"), ON_MISSING);
    }
    requireFiles(source.flagFiles());
    try {
      return FlagExplainer.open(source, customers, timeout);
    } catch (IOException e) {
      throw CommandFailure.ofDependency(origin() + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.ofDependency("interrupted while waiting for flags");
    }
  }

  private static void requireFiles(List<String> files) {
    for (String file : files) {
      if (!Files.isRegularFile(Path.of(file))) {
        throw CommandFailure.ofInput(
            "there is no flag file %s: name one with --flags, or the job's options with --config"
                .formatted(file));
      }
    }
  }
}
