package dev.lockstep.event;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Times in the one form that nearly all events have, {@code 2026-01-31T12:00:00.123Z}, with up to
 * nine digits after the point or none. A general parser takes longer for them than reading an
 * event.
 */
public final class UtcTime {

  private static final String FORM = "dddd-dd-ddTdd:dd:dd";
  private static final int SECONDS_PER_DAY = 86_400;
  private static final int MAX_FRACTION = 9;
  private static final int DAYS_OF_ANY_MONTH = 28;

  private UtcTime() {}

  /** Returns the time, or null if the text is of any other form, or perhaps no time at all. */
  public static @Nullable Instant parse(String text) {
    int length = text.length();
    if (length <= FORM.length() || text.charAt(length - 1) != 'Z' || !hasForm(text)) {
      return null;
    }
    int nanos = nanos(text, FORM.length(), length - 1);
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    if (nanos < 0 || year < 1 || month < 1 || month > 12 || day < 1) {
      return null;
    }
    // What no month need have, and hours and seconds of their own kind, are for who knows
    // calendars.
    if (day > DAYS_OF_ANY_MONTH && day > LocalDate.of(year, month, 1).lengthOfMonth()) {
      return null;
    }
    if (hour > 23 || minute > 59 || second > 59) {
      return null;
    }
    long days = LocalDate.of(year, month, day).toEpochDay();
    return Instant.ofEpochSecond(
        days * SECONDS_PER_DAY + hour * 3600L + minute * 60L + second, nanos);
  }

  private static boolean hasForm(String text) {
    for (int i = 0; i < FORM.length(); i++) {
      char c = text.charAt(i);
      char form = FORM.charAt(i);
      if (form == 'd' ? c < '0' || c > '9' : c != form) {
        return false;
      }
    }
    return true;
  }

  /** Returns -1 if it is no fraction. */
  private static int nanos(String text, int from, int to) {
    if (from == to) {
      return 0;
    }
    int digits = to - from - 1;
    if (text.charAt(from) != '.' || digits < 1 || digits > MAX_FRACTION) {
      return -1;
    }
    int nanos = 0;
    for (int i = from + 1; i <= from + MAX_FRACTION; i++) {
      char c = i < to ? text.charAt(i) : '0';
      if (c < '0' || c > '9') {
        return -1;
      }
      nanos = nanos * 10 + c - '0';
    }
    return nanos;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }
}
