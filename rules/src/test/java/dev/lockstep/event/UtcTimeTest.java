package dev.lockstep.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTimeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.1Z",
        "2026-01-31T12:00:00.123Z",
        "2024-02-29T23:59:59.123456789Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999Z"
      })
  void readsTheUsualForm(String text) {
    assertThat(UtcTime.parse(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-01-31",
        "2026-01-31T12:00Z",
        "2026-01-31T12:00:00",
        "2026-01-31T12:00:00+01:00",
        "2026-01-31 12:00:00Z",
        "2026-01-31T12:00:00z",
        "2026-01-31T12:00:00.Z",
        "2026-01-31T12:00:00.1234567891Z",
        "2026-01-31T12:00:00.12xZ",
        "2026-01-31T12:00:00,1Z",
        "2026-02-29T12:00:00Z",
        "2026-04-31T12:00:00Z",
        "2026-13-01T12:00:00Z",
        "2026-00-01T12:00:00Z",
        "2026-01-00T12:00:00Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T12:60:00Z",
        "2026-01-31T12:00:60Z",
        "0000-01-01T00:00:00Z",
        "2026-01-31T1२:00:00Z",
        "1767225600000"
      })
  void leavesAllElseToOthers(String text) {
    assertThat(UtcTime.parse(text)).isNull();
  }

  @Test
  void agreesWithTheGeneralParserWhereverItReads() {
    SplittableRandom random = new SplittableRandom(1);
    int read = 0;
    for (int i = 0; i < 50_000; i++) {
      String text =
          "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ"
              .formatted(
                  random.nextInt(0, 10_000),
                  random.nextInt(0, 14),
                  random.nextInt(0, 33),
                  random.nextInt(0, 26),
                  random.nextInt(0, 62),
                  random.nextInt(0, 62),
                  random.nextInt(0, 1000));
      Instant time = UtcTime.parse(text);
      if (time != null) {
        read++;
        assertThat(time).isEqualTo(OffsetDateTime.parse(text).toInstant());
      } else if (!text.startsWith("0000")) {
        assertThat(isTime(text)).as(text).isFalse();
      }
    }
    assertThat(read).isGreaterThan(30_000);
  }

  private static boolean isTime(String text) {
    try {
      OffsetDateTime.parse(text);
      // The end of a day written as its 24th hour is a time to nobody else here.
      return !text.contains("T24:");
    } catch (DateTimeException e) {
      return false;
    }
  }
}
