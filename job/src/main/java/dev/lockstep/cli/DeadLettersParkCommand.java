package dev.lockstep.cli;

import dev.lockstep.connector.wire.LetterCommand;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lockstep dead-letters park}. */
@Command(
    name = "park",
    mixinStandardHelpOptions = true,
    description = {
      "Has dead letters tried no more: they go to the parked ones, and stay there until a redrive.",
      "Exit code 1 if a letter was skipped, because it is parked or resolved."
    })
final class DeadLettersParkCommand implements Callable<Integer> {

  @Mixin private LetterOrder order = new LetterOrder();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    return order.give(
        LetterCommand.PARK,
        /* engine= */ null,
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }
}
