package dev.lockstep.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.util.TimeUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A moment that people give as a time or as how long ago it was.
 *
 * @param time null if it was given the other way
 * @param ago null if it was given as a time
 */
record Moment(@Nullable Instant time, @Nullable Duration ago) {

  Instant asOf(Instant now) {
    if (time != null) {
      return time;
    }
    return ago == null ? now : now.minus(ago);
  }

  /** Returns the moment, or null of null. */
  static @Nullable Instant asOf(Instant now, @Nullable Moment moment) {
    return moment == null ? null : moment.asOf(now);
  }

  /** Reads {@code 2026-01-31T12:00:00Z} and {@code 2h}. */
  static final class Converter implements ITypeConverter<Moment> {
    @Override
    public Moment convert(String text) {
      try {
        return new Moment(Instant.parse(text), null);
      } catch (DateTimeException notATime) {
        try {
          return new Moment(null, TimeUtils.parseDuration(text));
        } catch (IllegalArgumentException notADuration) {
          throw new TypeConversionException(
              "'"
                  + text
                  + "' is neither a time such as 2026-01-31T12:00:00Z nor a duration such as 2h");
        }
      }
    }
  }
}
