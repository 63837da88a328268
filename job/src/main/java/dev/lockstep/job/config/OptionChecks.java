package dev.lockstep.job.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;

/** What values must be; each check returns the value or says what is wrong with it. */
final class OptionChecks {

  /** What is safe in transactional ids, client ids, uids and metric labels alike. */
  private static final Pattern ENGINE_NAME = Pattern.compile("[a-z][a-z0-9-]{0,38}");

  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  /** Longer is a slip of the unit, and milliseconds would overflow somewhere. */
  private static final Duration LONGEST = Duration.ofDays(365);

  /** Kafka keeps the timeout as an int of milliseconds. */
  private static final Duration LONGEST_TRANSACTION = Duration.ofDays(24);

  private OptionChecks() {}

  static String engineName(String name) {
    require(ENGINE_NAME.matcher(name).matches(), "must match " + ENGINE_NAME.pattern(), name);
    return name;
  }

  static String topic(String name) {
    boolean isDots = name.equals(".") || name.equals("..");
    require(
        TOPIC.matcher(name).matches() && !isDots,
        "must be a Kafka topic: 1 to 249 letters, digits, dots, underscores and hyphens",
        name);
    return name;
  }

  static String notBlank(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return text;
  }

  static <E> List<E> notEmpty(List<E> elements) {
    if (elements.isEmpty()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return elements;
  }

  static Duration positive(Duration duration) {
    return between(Duration.ofMillis(1), LONGEST, duration);
  }

  /** An element of a list of durations. */
  static Duration delay(String text) {
    try {
      return positive(TimeUtils.parseDuration(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be durations such as 10 min, was '" + text + "'");
    }
  }

  static Duration notNegative(Duration duration) {
    return between(Duration.ZERO, LONGEST, duration);
  }

  static Duration transactionTimeout(Duration duration) {
    return between(Duration.ofSeconds(1), LONGEST_TRANSACTION, duration);
  }

  static int positive(int number) {
    require(number >= 1, "must be at least 1", number);
    return number;
  }

  static double share(double number) {
    require(number >= 0 && number <= 1, "must be between 0 and 1", number);
    return number;
  }

  static int bytes(MemorySize size) {
    long bytes = size.getBytes();
    require(bytes >= 1 && bytes <= Integer.MAX_VALUE / 2, "must be between 1 byte and 1 gb", size);
    return (int) bytes;
  }

  static int mebibytes(MemorySize size) {
    require(bytes(size) >= 1 << 20, "must be at least 1 mb", size);
    return size.getMebiBytes();
  }

  /** The message does not repeat the text, which may hold a password. */
  static URI httpUri(String text) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Not to be named as the cause: its message repeats the text.
    }
    throw new IllegalArgumentException(
        "must be an http or https URI without a user, such as http://127.0.0.1:9200");
  }

  private static Duration between(Duration least, Duration most, Duration duration) {
    require(
        duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0,
        "must be between " + text(least) + " and " + text(most),
        text(duration));
    return duration;
  }

  private static String text(Duration duration) {
    return duration.toDays() > 0 ? duration.toDays() + " d" : duration.toMillis() + " ms";
  }

  private static void require(boolean condition, String rule, Object value) {
    if (!condition) {
      throw new IllegalArgumentException(rule + ", was '" + value + "'");
    }
  }
}
