package dev.lockstep.connector.elasticsearch;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Lane;
import dev.lockstep.digest.Sha256;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The index of a document, computed from what it is made of, so that a replay writes to the same.
 */
final class IndexName {

  /** Matches every alert index; also the pattern of the index template. */
  static final String PATTERN = "lockstep-alerts-*";

  /** Matches every event index; also the pattern of the index template. */
  static final String EVENTS_PATTERN = "lockstep-events-*";

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu.MM.dd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("uuuu.MM", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** What Elasticsearch takes in any index name, short enough for its limit of 255 bytes. */
  private static final Pattern SAFE = Pattern.compile("[a-z0-9._-]{1,200}");

  private static final Pattern UNSAFE_CHARACTER = Pattern.compile("[^a-z0-9._-]");

  /** A customer whose own id looks like a changed one is changed as well, so that none collide. */
  private static final Pattern CHANGED = Pattern.compile(".*-[0-9a-f]{32}");

  private static final int READABLE_CHARACTERS = 160;
  private static final int HASH_BYTES = 16;

  private IndexName() {}

  /** Returns {@code lockstep-alerts-{lane}-{customer}-{yyyy.MM}}, the month in UTC. */
  static String of(Lane lane, Alert alert) {
    return "lockstep-alerts-"
        + lane.wireName()
        + "-"
        + customer(alert.customer())
        + "-"
        + month(alert.occurredAt());
  }

  /** Returns {@code lockstep-events-{customer}-{yyyy.MM.dd}}, the day in UTC. */
  static String ofEvents(String customer, Instant day) {
    return "lockstep-events-" + customer(customer) + "-" + DAY.format(day);
  }

  /**
   * Returns the id itself where Elasticsearch takes it, else what is readable of it and a hash:
   * different customers never share a name.
   */
  static String customer(String id) {
    if (SAFE.matcher(id).matches() && !CHANGED.matcher(id).matches()) {
      return id;
    }
    String lower = id.toLowerCase(Locale.ROOT);
    String readable = UNSAFE_CHARACTER.matcher(lower).replaceAll("_");
    return readable.substring(0, Math.min(readable.length(), READABLE_CHARACTERS))
        + "-"
        + Sha256.hex(id, HASH_BYTES);
  }

  private static String month(Instant occurredAt) {
    return MONTH.format(occurredAt);
  }
}
