package dev.lockstep.cli;

import dev.lockstep.connector.kafka.DeadLetterFile;
import dev.lockstep.connector.kafka.FiledLetter;
import dev.lockstep.connector.kafka.LetterPlace;
import dev.lockstep.connector.wire.LetterCommand;
import dev.lockstep.connector.wire.TryAgain;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The letters that a command is about.
 *
 * @param letters those that it is sent for
 * @param skipped those that it would be of no use for
 */
record ChosenLetters(List<LedgerEntry> letters, List<Skipped> skipped) {

  ChosenLetters {
    letters = List.copyOf(letters);
    skipped = List.copyOf(skipped);
  }

  /** Chooses by filter among those that have something left to do. */
  static ChosenLetters matching(LetterLedger ledger, LetterFilter filter, LetterCommand command) {
    Instant now = Instant.now();
    return sorted(
        ledger.entries().stream()
            .filter(entry -> entry.state() != LetterState.RESOLVED)
            .filter(entry -> filter.matches(entry, now))
            .toList(),
        command);
  }

  /**
   * Chooses by id; several ids of one letter are one.
   *
   * @throws CommandFailure if there is no letter of an id
   */
  static ChosenLetters named(
      DeadLetterFile file, LetterLedger ledger, List<LetterPlace> places, LetterCommand command)
      throws IOException {
    Set<LedgerEntry> entries = new LinkedHashSet<>();
    for (LetterPlace place : places) {
      Optional<FiledLetter> filed = file.at(place);
      entries.add(
          filed
              .flatMap(ledger::of)
              .orElseThrow(() -> CommandFailure.ofInput("there is no dead letter at " + place)));
    }
    return sorted(List.copyOf(entries), command);
  }

  private static ChosenLetters sorted(List<LedgerEntry> entries, LetterCommand command) {
    List<LedgerEntry> letters = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    for (LedgerEntry entry : entries) {
      obstacle(entry, command)
          .ifPresentOrElse(why -> skipped.add(new Skipped(entry, why)), () -> letters.add(entry));
    }
    return new ChosenLetters(letters, skipped);
  }

  private static Optional<String> obstacle(LedgerEntry entry, LetterCommand command) {
    if (entry.state() == LetterState.RESOLVED) {
      return Optional.of("it is resolved");
    }
    if (command == LetterCommand.REDRIVE) {
      return TryAgain.obstacle(entry.letter());
    }
    return entry.state() == LetterState.PARKED
        ? Optional.of("it is parked already")
        : Optional.empty();
  }

  /** A letter that the command would be of no use for. */
  record Skipped(LedgerEntry entry, String why) {}
}
