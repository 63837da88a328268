package dev.lockstep.correlation;

import java.util.ArrayList;
import java.util.List;

/**
 * What the state of a correlation belongs to: its meaning, so that another title keeps it and
 * another condition begins anew, and one group of one customer.
 *
 * @param correlation id of the correlation
 * @param meaning see {@link Correlation#meaning}
 * @param values of the fields that the correlation groups by, in their order
 */
public record GroupKey(String customer, String correlation, String meaning, List<String> values) {
  private static final int FIXED = 3;

  public GroupKey {
    values = List.copyOf(values);
  }

  /** Returns the key as text, which is another one for each key. */
  public String encode() {
    StringBuilder text = new StringBuilder(96);
    append(customer, text);
    append(correlation, text);
    append(meaning, text);
    values.forEach(value -> append(value, text));
    return text.toString();
  }

  private static void append(String part, StringBuilder text) {
    text.append(part.length()).append(':').append(part);
  }

  /** Returns the key that {@link #encode} wrote. */
  public static GroupKey decode(String text) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int colon = text.indexOf(':', at);
      int end = colon + 1 + Integer.parseInt(text, at, colon, 10);
      parts.add(text.substring(colon + 1, end));
      at = end;
    }
    return new GroupKey(
        parts.get(0), parts.get(1), parts.get(2), parts.subList(FIXED, parts.size()));
  }
}
