package dev.lockstep.cli;

import dev.lockstep.connector.kafka.DeadLetterFile;
import dev.lockstep.connector.kafka.LetterPlace;
import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the commands about dead letters reach Kafka, and what they say when they do not. */
final class LetterAccess {

  @Option(
      names = "--timeout",
      defaultValue = "10s",
      converter = DemoCommand.DurationConverter.class,
      description = "How long Kafka may not answer (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(10);

  @Mixin private JobOptions options = new JobOptions();

  LockstepConfig config() {
    return options.read();
  }

  Duration timeout() {
    return timeout;
  }

  /** Does what is to be done with the topics; what Kafka refuses is a failed dependency. */
  <T> T with(LockstepConfig config, Use<T> use) {
    try (DeadLetterFile file = DeadLetterFile.open(config.kafka(), timeout)) {
      return use.of(file);
    } catch (IOException | KafkaException e) {
      throw CommandFailure.ofDependency(
          e.getMessage() + " (kafka.bootstrap-servers: " + config.kafka().bootstrapServers() + ")");
    }
  }

  static LetterLedger ledger(DeadLetterFile file, LockstepConfig config, PrintWriter err)
      throws IOException {
    LetterLedger ledger = LetterLedger.read(file, config.deadLetters());
    ledger
        .missingTopics()
        .forEach(topic -> err.println("lockstep: there is no topic " + topic + " yet"));
    return ledger;
  }

  static LetterPlace place(String id) {
    try {
      return LetterPlace.parse(id);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.ofInput("an ID " + e.getMessage());
    }
  }

  /** What a command does with the topics. */
  @FunctionalInterface
  interface Use<T> {
    T of(DeadLetterFile file) throws IOException;
  }
}
