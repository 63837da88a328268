package dev.lockstep.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Event times as events state them: ISO-8601, or milliseconds since the epoch. */
final class EventTime {

  /** Years 1 to 9999: what every reader of alerts can write and sort. */
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private EventTime() {}

  /** Returns the time, or null if the text is null or no time. Without an offset it is UTC. */
  static @Nullable Instant parse(@Nullable String text) {
    if (text == null) {
      return null;
    }
    Instant usual = UtcTime.parse(text);
    if (usual != null) {
      return usual;
    }
    try {
      Instant time = isDigits(text) ? Instant.ofEpochMilli(Long.parseLong(text)) : iso(text);
      return time.isBefore(FIRST) || time.isAfter(LAST) ? null : time;
    } catch (DateTimeException | NumberFormatException e) {
      return null;
    }
  }

  private static Instant iso(String text) {
    int t = Math.max(text.indexOf('T'), text.indexOf(' '));
    boolean offset =
        text.endsWith("Z") || text.indexOf('+', t) > 0 || (t > 0 && text.indexOf('-', t) > 0);
    String normal = t > 0 ? text.substring(0, t) + 'T' + text.substring(t + 1) : text;
    return offset
        ? OffsetDateTime.parse(normal).toInstant()
        : LocalDateTime.parse(normal).toInstant(ZoneOffset.UTC);
  }

  private static boolean isDigits(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    return text.length() > start
        && text.chars().skip(start).allMatch(character -> character >= '0' && character <= '9');
  }
}
