package dev.lockstep.cli;

import dev.lockstep.connector.wire.LetterCommand;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep dead-letters redrive}. */
@Command(
    name = "redrive",
    mixinStandardHelpOptions = true,
    description = {
      "Has dead letters tried again at once, of whatever class, and counts their attempts anew: after"
          + " the configuration, the rule or the mapping that failed was mended.",
      "The engine that wrote a letter tries it when its job runs; see the outcome in the list.",
      "Exit code 1 if a letter was skipped, because a try could not help."
    })
final class DeadLettersRedriveCommand implements Callable<Integer> {

  @Mixin private LetterOrder order = new LetterOrder();

  @Option(
      names = "--to",
      paramLabel = "ENGINE",
      description = "The engine that shall try them, when that which wrote them is gone.")
  private @Nullable String engine;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    return order.give(
        LetterCommand.REDRIVE, engine, spec.commandLine().getOut(), spec.commandLine().getErr());
  }
}
