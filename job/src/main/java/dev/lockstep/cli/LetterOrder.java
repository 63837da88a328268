package dev.lockstep.cli;

import dev.lockstep.connector.kafka.DeadLetterFile;
import dev.lockstep.connector.kafka.DeadLetterProducer;
import dev.lockstep.connector.kafka.FiledLetter;
import dev.lockstep.connector.kafka.LetterPlace;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.LetterCommand;
import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An order to the engines about some dead letters, as redrive and park give it. */
final class LetterOrder {

  @Parameters(
      paramLabel = "ID",
      arity = "0..*",
      description = "As the list names them: TOPIC/PARTITION/OFFSET. Or choose by options:")
  private List<String> ids = List.of();

  @Mixin private LetterFilter filter = new LetterFilter();

  @Option(names = "--all", description = "All that have something left to do.")
  private boolean all;

  @Option(names = "--dry-run", description = "Only say what would be done.")
  private boolean dryRun;

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private LetterAccess access = new LetterAccess();

  /** Gives the order, each to the engine that wrote the letter, or to the one that is named. */
  int give(LetterCommand command, @Nullable String engine, PrintWriter out, PrintWriter err)
      throws IOException {
    refuseNoOrTwoWays();
    List<LetterPlace> places = ids.stream().map(LetterAccess::place).toList();
    LockstepConfig config = access.config();
    ChosenLetters chosen =
        access.with(
            config,
            file -> {
              LetterLedger ledger = LetterAccess.ledger(file, config, err);
              ChosenLetters letters =
                  places.isEmpty()
                      ? ChosenLetters.matching(ledger, filter, command)
                      : ChosenLetters.named(file, ledger, places, command);
              if (!dryRun) {
                send(file, config, letters.letters(), new Order(command, engine));
              }
              return letters;
            });
    switch (format.chosen()) {
      case TEXT -> new LettersText(out).order(command, chosen, dryRun);
      case JSON -> new LettersJson(out).order(command, chosen, dryRun);
    }
    return chosen.skipped().isEmpty() ? ExitCode.GOOD : ExitCode.ANSWER_IS_NO;
  }

  private void refuseNoOrTwoWays() {
    boolean byFilter = filter.isGiven() || all;
    if (ids.isEmpty() != byFilter) {
      throw CommandFailure.ofInput(
          "name letters by ID, or choose them by --class, --customer, --engine, --rule, --since,"
              + " --parked or --all");
    }
  }

  private void send(
      DeadLetterFile file, LockstepConfig config, List<LedgerEntry> letters, Order order)
      throws IOException {
    if (letters.isEmpty()) {
      return;
    }
    try (DeadLetterProducer producer =
        DeadLetterProducer.open(config.kafka(), config.deadLetters().topic(), access.timeout())) {
      for (LedgerEntry entry : letters) {
        FiledLetter whole =
            file.at(entry.place())
                .orElseThrow(() -> new IOException(entry.place() + " is not there any more"));
        producer.send(order.about(whole.letter()));
      }
    }
  }

  private record Order(LetterCommand command, @Nullable String engine) {
    DeadLetterRecord about(DeadLetterRecord letter) {
      DeadLetterRecord ordered = letter.withCommand(command);
      if (engine != null) {
        ordered.engine = engine;
      }
      return ordered;
    }
  }
}
