package dev.lockstep.program;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.lockstep.sigma.DateUnit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A date as an event writes it, without regard to its zone (Sigma specification, "Modifiers
 * Appendix": the time modifiers convert neither zones nor formats).
 *
 * <p>Read are {@code yyyy-MM-dd}, alone or with {@code T} or a blank and {@code HH:mm}, {@code
 * HH:mm:ss} or {@code HH:mm:ss.fraction}, with or without a zone ({@code Z}, {@code +02:00}, {@code
 * +0200}, {@code +02}); and numbers, also as text, as time since 1970 in UTC: below 100,000,000,000
 * in seconds, which last until the year 5138, from there on in milliseconds, which begin in 1973.
 * Anything else is no date, numbers below zero and beyond the year 9999 too.
 *
 * @param hour {@link #NONE} if there is only a date
 * @param minute {@link #NONE} if there is only a date
 */
record WrittenDate(LocalDate date, int hour, int minute) {
  static final int NONE = -1;

  private static final Pattern FORMAT =
      Pattern.compile(
          "([0-9]{4})-([0-9]{2})-([0-9]{2})"
              + "(?:[Tt ]([01][0-9]|2[0-3]):([0-5][0-9])(?::(?:[0-5][0-9]|60)(?:[.,][0-9]{1,9})?)?"
              + " ?(?:[Zz]|[-+][0-9]{2}(?::?[0-9]{2})?)?)?");
  private static final int MAX_LENGTH = 40;
  private static final BigDecimal FIRST_MILLIS = BigDecimal.valueOf(100_000_000_000L);
  private static final BigDecimal LAST_MILLIS = BigDecimal.valueOf(253_402_300_799_999L);

  static Optional<WrittenDate> of(SeenValue value) {
    String text = value.text();
    if (text == null || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Matcher matcher = FORMAT.matcher(text);
    return matcher.matches() ? written(matcher) : value.asNumber().flatMap(WrittenDate::sinceEpoch);
  }

  /** The part, or empty for the time of day of a mere date. */
  Optional<Integer> part(DateUnit unit) {
    int part =
        switch (unit) {
          case MINUTE -> minute;
          case HOUR -> hour;
          case DAY -> date.getDayOfMonth();
          case WEEK -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
          case MONTH -> date.getMonthValue();
          case YEAR -> date.getYear();
        };
    return part == NONE ? Optional.empty() : Optional.of(part);
  }

  private static Optional<WrittenDate> written(Matcher matcher) {
    int year = Integer.parseInt(matcher.group(1));
    int month = Integer.parseInt(matcher.group(2));
    int day = Integer.parseInt(matcher.group(3));
    boolean exists =
        year >= DateUnit.YEAR.least()
            && month >= DateUnit.MONTH.least()
            && month <= DateUnit.MONTH.greatest()
            && YearMonth.of(year, month).isValidDay(day);
    return exists
        ? Optional.of(
            new WrittenDate(
                LocalDate.of(year, month, day), number(matcher.group(4)), number(matcher.group(5))))
        : Optional.empty();
  }

  private static int number(@Nullable String digits) {
    return digits == null ? NONE : Integer.parseInt(digits);
  }

  private static Optional<WrittenDate> sinceEpoch(BigDecimal number) {
    if (number.signum() < 0 || number.compareTo(LAST_MILLIS) > 0) {
      return Optional.empty();
    }
    long whole = number.longValue();
    Instant instant =
        number.compareTo(FIRST_MILLIS) < 0
            ? Instant.ofEpochSecond(whole)
            : Instant.ofEpochMilli(whole);
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    return Optional.of(new WrittenDate(time.toLocalDate(), time.getHour(), time.getMinute()));
  }
}
