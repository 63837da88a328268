package dev.lockstep.cli;

import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep rules release}. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    description = {
      "Asks an engine to take a quarantined or capped rule back into force.",
      "The engine does so when its job runs; 'lockstep rules status' tells what became of it.",
      "With --wait, returns when the engine has done so. Exit code 1 if it does not answer in time, or"
          + " has taken the rule out of force again meanwhile."
    })
final class RulesReleaseCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "Id of the rule, as 'rules status' shows it.")
  private String id = "";

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      required = true,
      description = "The engine that took it out of force.")
  private String engine = "";

  @Option(
      names = "--force",
      description = "Ask even if the rule is neither quarantined nor capped, as far as is known.")
  private boolean force;

  @Option(names = "--wait", description = "Wait until the engine has done so.")
  private boolean wait;

  @Option(
      names = "--timeout",
      defaultValue = "60s",
      converter = DemoCommand.DurationConverter.class,
      description = "How long --wait waits (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(60);

  @Mixin private JobOptions options = new JobOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (engine.isEmpty() || engine.contains("/")) {
      throw CommandFailure.ofInput("'" + Displayed.safe(engine) + "' is no name of an engine");
    }
    LockstepConfig config = options.read();
    try {
      if (!force) {
        refuseUnlessReleasable(config);
      }
      ReleaseOrder.send(config, engine, id, Instant.now(), RulesStatusCommand.KAFKA_PATIENCE);
      say("asked %s to release %s".formatted(Displayed.safe(engine), Displayed.safe(id)));
      return wait ? await(config) : ExitCode.GOOD;
    } catch (IOException | KafkaException e) {
      throw CommandFailure.ofDependency(
          e.getMessage() + " (kafka.bootstrap-servers: " + config.kafka().bootstrapServers() + ")");
    }
  }

  private int await(LockstepConfig config) throws IOException {
    long beginNanos = System.nanoTime();
    try (StatusTopics topics = StatusTopics.open(config, RulesStatusCommand.KAFKA_PATIENCE)) {
      while (true) {
        Optional<RuleState> state = topics.ledger().rule(engine, id);
        if (state.isPresent() && !state.get().isAwaitingRelease()) {
          return answered(state.get());
        }
        if (System.nanoTime() - beginNanos >= timeout.toNanos()) {
          topics.requireAnswer();
          say(
              "%s has not answered within %d s: does its job run?"
                  .formatted(Displayed.safe(engine), timeout.toSeconds()));
          return ExitCode.ANSWER_IS_NO;
        }
        topics.follow();
      }
    }
  }

  private int answered(RuleState state) {
    say(
        state.isReleasable()
            ? "%s is %s again%s"
                .formatted(
                    Displayed.safe(id),
                    state.status(),
                    state.reason() == null ? "" : ": " + Displayed.safe(state.reason()))
            : "%s is in force again in %s".formatted(Displayed.safe(id), Displayed.safe(engine)));
    return state.isReleasable() ? ExitCode.ANSWER_IS_NO : ExitCode.GOOD;
  }

  private void say(String text) {
    spec.commandLine().getOut().println(text);
    spec.commandLine().getOut().flush();
  }

  private void refuseUnlessReleasable(LockstepConfig config) throws IOException {
    try (StatusTopics topics = StatusTopics.open(config, RulesStatusCommand.KAFKA_PATIENCE)) {
      Optional<RuleState> state = topics.ledger().rule(engine, id);
      if (state.filter(RuleState::isReleasable).isEmpty()) {
        throw CommandFailure.ofInput(
            "the rule '%s' of engine %s is %s, neither quarantined nor capped; --force asks all the same"
                .formatted(
                    Displayed.safe(id),
                    Displayed.safe(engine),
                    state.map(found -> Displayed.safe(found.status())).orElse("not known")));
      }
    }
  }
}
