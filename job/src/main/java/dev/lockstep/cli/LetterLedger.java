package dev.lockstep.cli;

import dev.lockstep.connector.kafka.DeadLetterFile;
import dev.lockstep.connector.kafka.FiledLetter;
import dev.lockstep.connector.wire.LetterCommand;
import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The newest state of each dead letter, read from both topics. */
final class LetterLedger {

  private final Map<String, LedgerEntry> entries = new HashMap<>();
  private final String parkedTopic;
  private final List<String> missingTopics = new ArrayList<>();

  private LetterLedger(String parkedTopic) {
    this.parkedTopic = parkedTopic;
  }

  /**
   * Reads both topics.
   *
   * @throws IOException if Kafka does not answer
   */
  static LetterLedger read(DeadLetterFile file, LockstepConfig.DeadLetters topics)
      throws IOException {
    LetterLedger ledger = new LetterLedger(topics.parkedTopic());
    for (String topic : List.of(topics.topic(), topics.parkedTopic())) {
      if (!file.read(topic, ledger::add)) {
        ledger.missingTopics.add(topic);
      }
    }
    return ledger;
  }

  /** Topics that are not there. */
  List<String> missingTopics() {
    return missingTopics;
  }

  /** Returns all letters, the newest first. */
  List<LedgerEntry> entries() {
    return entries.values().stream()
        .sorted(
            Comparator.comparing(LedgerEntry::since)
                .reversed()
                .thenComparing(entry -> entry.place().toString()))
        .toList();
  }

  /** Returns what is known of the letter that a record is about. */
  Optional<LedgerEntry> of(FiledLetter filed) {
    return Optional.ofNullable(entries.get(key(filed)));
  }

  /** Times come from several clocks: of two equal ones, the record that is read later counts. */
  private void add(FiledLetter filed) {
    String key = key(filed);
    LedgerEntry known = entries.get(key);
    if (known != null && known.since().isAfter(filed.writtenAt())) {
      return;
    }
    LetterState state = state(filed);
    if (state == LetterState.RESOLVED) {
      // A note has no bytes; the letter before it has.
      entries.put(
          key,
          known == null
              ? LedgerEntry.of(filed, state)
              : known.now(LetterState.RESOLVED, filed.writtenAt()));
    } else {
      entries.put(key, LedgerEntry.of(filed, state));
    }
  }

  private LetterState state(FiledLetter filed) {
    if (filed.place().topic().equals(parkedTopic)) {
      return LetterState.PARKED;
    }
    String command = filed.letter().command;
    if (command == null) {
      return LetterState.WAITING;
    }
    return LetterCommand.of(command)
        .map(
            known ->
                switch (known) {
                  case REDRIVE -> LetterState.REDRIVEN;
                  case PARK -> LetterState.PARKING;
                  case RESOLVED -> LetterState.RESOLVED;
                })
        .orElse(LetterState.WAITING);
  }

  /** Letters of two engines about one record are two letters. */
  private static String key(FiledLetter filed) {
    return filed.letter().engine + " " + filed.letter().identity();
  }
}
