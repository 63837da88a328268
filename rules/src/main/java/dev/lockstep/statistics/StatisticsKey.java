package dev.lockstep.statistics;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The key of statistics in the topic {@code engine-status}: {@code
 * ENGINE/statistics/CUSTOMER/FROM}. The engine's own status has the key {@code ENGINE}, and no name
 * of an engine has a slash.
 */
public record StatisticsKey(String engine, String customer, Instant from) {

  private static final String MARK = "/statistics/";

  /** Returns empty if {@code text} is no such key. */
  public static Optional<StatisticsKey> parse(String text) {
    int engineEnd = text.indexOf('/');
    int customerEnd = text.lastIndexOf('/');
    int customerBegin = engineEnd + MARK.length();
    if (engineEnd < 1 || !text.startsWith(MARK, engineEnd) || customerEnd < customerBegin) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new StatisticsKey(
              text.substring(0, engineEnd),
              text.substring(customerBegin, customerEnd),
              Instant.parse(text.substring(customerEnd + 1))));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Returns the key as the record has it. */
  @Override
  public String toString() {
    return engine + MARK + customer + "/" + from;
  }
}
