package dev.lockstep.cli;

import dev.lockstep.connector.kafka.FiledLetter;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.LetterCommand;
import dev.lockstep.connector.wire.RecordHeaders;
import dev.lockstep.connector.wire.Transport;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dead letters for people. What strangers wrote cannot command the terminal. */
final class LettersText {

  private static final List<String> TITLES =
      List.of("ID", "STATE", "CLASS", "ATTEMPT", "CUSTOMER", "TIME", "ORIGIN", "REASON");
  private static final int MAX_CELL = 60;
  private static final int MAX_REASON = 100;

  private final PrintWriter out;

  LettersText(PrintWriter out) {
    this.out = out;
  }

  void table(List<LedgerEntry> shown, int matching) {
    if (matching == 0) {
      out.println("No dead letters.");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(TITLES);
    shown.forEach(entry -> rows.add(row(entry)));
    int[] widths = new int[TITLES.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
    if (matching > shown.size()) {
      out.println("… and " + (matching - shown.size()) + " more: --limit shows them");
    }
  }

  private static List<String> row(LedgerEntry entry) {
    DeadLetterRecord letter = entry.letter();
    return List.of(
        entry.place().toString(),
        entry.state().toString(),
        Displayed.safe(letter.deadLetterClass, MAX_CELL),
        Integer.toString(letter.attempt),
        orDash(letter.customer),
        time(entry.since()),
        Displayed.safe(letter.origin, MAX_CELL),
        Displayed.safe(letter.reason, MAX_REASON));
  }

  void letter(FiledLetter filed) {
    DeadLetterRecord letter = filed.letter();
    field("id", filed.place().toString());
    field("written", time(filed.writtenAt()));
    field("class", letter.deadLetterClass);
    field("reason", letter.reason);
    field("origin", letter.origin);
    field("customer", letter.customer);
    field("rule-id", letter.ruleId);
    field("attempt", Integer.toString(letter.attempt));
    field("engine", letter.engine);
    field("command", letter.command);
    if (letter.originalBytes > 0) {
      field("cut", "the first " + letter.bytes.length + " of " + letter.originalBytes + " bytes");
    }
    if (letter.transport != null) {
      original(letter.transport);
    }
    out.println();
    LetterValue.lines(letter.bytes).forEach(out::println);
  }

  private void original(Transport transport) {
    if (transport.key != null) {
      field("original-key", String.join("\n", LetterValue.lines(transport.key)));
    }
    if (transport.recordedAtMillis >= 0) {
      field("original-timestamp", Instant.ofEpochMilli(transport.recordedAtMillis).toString());
    }
    if (transport.cut) {
      field("original-cut", "its key or headers were too long to be kept");
    }
    for (RecordHeaders.Header header : transport.headers().all()) {
      byte[] value = header.value();
      field(
          "original." + header.name(),
          value == null ? "(null)" : String.join("\n", LetterValue.lines(value)));
    }
  }

  void order(LetterCommand command, ChosenLetters chosen, boolean dryRun) {
    String verb = dryRun ? "would " + command.wireName() : command.wireName();
    chosen
        .letters()
        .forEach(
            entry ->
                out.println(
                    verb
                        + "  "
                        + entry.place()
                        + "  "
                        + Displayed.safe(entry.letter().deadLetterClass, MAX_CELL)
                        + "  "
                        + Displayed.safe(entry.letter().origin, MAX_CELL)));
    chosen
        .skipped()
        .forEach(
            skipped ->
                out.println(
                    "skip  "
                        + skipped.entry().place()
                        + "  "
                        + Displayed.safe(skipped.why(), MAX_REASON)));
    out.println(
        "%s: %d letters%s, %d skipped"
            .formatted(
                command.wireName(),
                chosen.letters().size(),
                dryRun ? " (dry run: nothing was sent)" : "",
                chosen.skipped().size()));
  }

  private void field(String name, @Nullable String value) {
    if (value != null) {
      out.println("%-20s%s".formatted(Displayed.safe(name, MAX_CELL), Displayed.safe(value)));
    }
  }

  private static String orDash(@Nullable String text) {
    return text == null ? "-" : Displayed.safe(text, MAX_CELL);
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
