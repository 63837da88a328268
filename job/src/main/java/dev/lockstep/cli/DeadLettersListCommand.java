package dev.lockstep.cli;

import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep dead-letters list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Lists what could not be processed, the newest first: each once, in its present state.",
      "A letter waits for its next try, or is parked; one that somebody asked about is redriven or"
          + " parking until the engine has answered."
    })
final class DeadLettersListCommand implements Callable<Integer> {

  @Mixin private LetterFilter filter = new LetterFilter();

  @Option(names = "--resolved", description = "Also those that were tried again with success.")
  private boolean resolved;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Show at most so many (default: ${DEFAULT-VALUE}).")
  private int limit = 100;

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private LetterAccess access = new LetterAccess();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (limit < 1) {
      throw CommandFailure.ofInput("--limit must be at least 1, was " + limit);
    }
    LockstepConfig config = access.config();
    PrintWriter err = spec.commandLine().getErr();
    LetterLedger ledger = access.with(config, file -> LetterAccess.ledger(file, config, err));
    Instant now = Instant.now();
    List<LedgerEntry> matching =
        ledger.entries().stream()
            .filter(entry -> resolved || entry.state() != LetterState.RESOLVED)
            .filter(entry -> filter.matches(entry, now))
            .toList();
    List<LedgerEntry> shown = matching.subList(0, Math.min(limit, matching.size()));
    PrintWriter out = spec.commandLine().getOut();
    switch (format.chosen()) {
      case TEXT -> new LettersText(out).table(shown, matching.size());
      case JSON -> new LettersJson(out).list(shown, matching.size());
    }
    return ExitCode.GOOD;
  }
}
