package dev.lockstep.cli;

import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
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
      "The engine does so when its job runs; 'lockstep rules status' tells what became of it."
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
    } catch (IOException | KafkaException e) {
      throw CommandFailure.ofDependency(
          e.getMessage() + " (kafka.bootstrap-servers: " + config.kafka().bootstrapServers() + ")");
    }
    spec.commandLine()
        .getOut()
        .println("asked %s to release %s".formatted(Displayed.safe(engine), Displayed.safe(id)));
    return ExitCode.GOOD;
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
