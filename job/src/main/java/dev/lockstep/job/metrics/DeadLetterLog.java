package dev.lockstep.job.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the first dead letter of each class, the second, the fourth, the eighth and so on: a storm
 * of them shows in the log, and does not fill it. Not safe for use by several threads.
 */
public final class DeadLetterLog {

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterLog.class);

  /** Reasons quote what strangers wrote. */
  private static final int MAX_LENGTH = 256;

  private static final Pattern CONTROL_CHARACTERS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

  private final Map<String, Long> seen = new HashMap<>();

  /** Notes one, and returns whether it was logged. */
  public boolean note(String deadLetterClass, String origin, String reason) {
    long number = seen.merge(deadLetterClass, 1L, Long::sum);
    boolean logged = Long.bitCount(number) == 1;
    if (logged) {
      LOG.warn(
          "Dead letter {} of class {}, {}: {}",
          number,
          deadLetterClass,
          oneLine(origin),
          oneLine(reason));
    }
    return logged;
  }

  private static String oneLine(String text) {
    String start = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    return CONTROL_CHARACTERS.matcher(start).replaceAll(" ");
  }
}
