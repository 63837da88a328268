package dev.lockstep.connector.elasticsearch;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What all documents in the names of the Elastic Common Schema have in common. */
final class Ecs {

  static final String VERSION = "8.11.0";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Ecs() {}

  static String time(Instant instant) {
    return TIME.format(instant);
  }
}
