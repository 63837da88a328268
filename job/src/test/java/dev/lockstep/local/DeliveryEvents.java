package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The events and rules of {@link RuleDeliveryIT}: of the corpora that others wrote, where they are
 * and are asked for, or else made up.
 */
final class DeliveryEvents {

  /** Every so many events one is marked. */
  static final int MARKED = 10;

  private static final List<String> MADE_UP =
      List.of(
          "{\"EventID\":1,\"Image\":\"C:\\\\Windows\\\\System32\\\\cmd.exe\","
              + "\"CommandLine\":\"cmd.exe /c dir\",\"User\":\"ACME\\\\jo\"}");

  private final List<String> lines;
  private final @Nullable Path rules;

  private DeliveryEvents(List<String> lines, @Nullable Path rules) {
    this.lines = lines;
    this.rules = rules;
  }

  static DeliveryEvents madeUp() {
    return new DeliveryEvents(MADE_UP, /* rules= */ null);
  }

  /** Those of the folder of corpora. */
  static DeliveryEvents of(Path corpora) throws IOException {
    Path lane = corpora.resolve("lanes").resolve("structured_windows.ndjson.gz");
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(lane)), UTF_8))) {
      return new DeliveryEvents(reader.lines().toList(), corpora.resolve("sigmahq"));
    }
  }

  MarkedRules rules(int madeUp) throws IOException {
    return rules == null ? MarkedRules.generated(madeUp) : MarkedRules.of(rules);
  }

  /** The event of this number, with its own id. */
  String event(int number) {
    String line = lines.get(number % lines.size());
    return "{\"event_id\":\"%d\",\"customer\":\"c%d\",%s%s"
        .formatted(
            number,
            number % 7,
            isMarked(number) ? "\"marked\":\"yes\"," : "",
            line.strip().substring(1));
  }

  static boolean isMarked(int number) {
    return number % MARKED == 0;
  }
}
