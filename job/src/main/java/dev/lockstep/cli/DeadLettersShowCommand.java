package dev.lockstep.cli;

import dev.lockstep.connector.kafka.FiledLetter;
import dev.lockstep.connector.kafka.LetterPlace;
import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep dead-letters show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows one dead letter: all that is known of it, and its original bytes.")
final class DeadLettersShowCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "As the list names it: TOPIC/PARTITION/OFFSET.")
  private String id = "";

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private LetterAccess access = new LetterAccess();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    LetterPlace place = LetterAccess.place(id);
    LockstepConfig config = access.config();
    FiledLetter filed =
        access
            .with(config, file -> file.at(place))
            .orElseThrow(() -> CommandFailure.ofInput("there is no dead letter at " + place));
    PrintWriter out = spec.commandLine().getOut();
    switch (format.chosen()) {
      case TEXT -> new LettersText(out).letter(filed);
      case JSON -> new LettersJson(out).letter(filed);
    }
    return ExitCode.GOOD;
  }
}
