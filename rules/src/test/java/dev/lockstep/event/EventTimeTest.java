package dev.lockstep.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTimeTest {

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00Z",
    "-1, 1969-12-31T23:59:59.999Z",
    "1999999999999, 2033-05-18T03:33:19.999Z",
    "-62135596800000, 0001-01-01T00:00:00Z",
    "-62135596800001,",
    "253402300799999, 9999-12-31T23:59:59.999Z",
    "253402300800000,",
    "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
    "9999-12-31T23:59:59-01:00,",
    "0001-01-01T00:00:00+01:00,",
    "2026-01-02 03:04:05+01, 2026-01-02T02:04:05Z",
    "2026-01-02T03:04:05-01, 2026-01-02T04:04:05Z",
    "2026-01-02T03:04, 2026-01-02T03:04:00Z",
    "2026-01-02,",
    "-,",
    "--1,",
    "1-,",
    "1.5,",
    "'',",
  })
  void isReadWithinTheYearsThatCanBeWritten(String text, @Nullable Instant expected) {
    assertThat(EventTime.parse(text)).isEqualTo(expected);
  }
}
