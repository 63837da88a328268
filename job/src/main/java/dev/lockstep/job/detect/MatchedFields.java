package dev.lockstep.job.detect;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The part of the matched fields that an alert shows. Names are bounded as values are: those that a
 * keyword is found at are paths of the event, and come from strangers.
 */
final class MatchedFields {

  static final int MAX_FIELDS = 50;
  static final int MAX_NAME_LENGTH = 256;
  static final int MAX_VALUE_LENGTH = 1024;

  private MatchedFields() {}

  /** Returns the first fields in their order, names and values cut where they are too long. */
  static Map<String, String> bounded(Map<String, String> matchedFields) {
    Map<String, String> bounded = new LinkedHashMap<>();
    int left = MAX_FIELDS;
    for (Map.Entry<String, String> field : matchedFields.entrySet()) {
      if (left == 0) {
        break;
      }
      left--;
      bounded.putIfAbsent(
          cut(field.getKey(), MAX_NAME_LENGTH), cut(field.getValue(), MAX_VALUE_LENGTH));
    }
    return bounded;
  }

  private static String cut(String text, int maxLength) {
    if (text.length() <= maxLength) {
      return text;
    }
    // Half a surrogate pair is no text.
    int end = Character.isHighSurrogate(text.charAt(maxLength - 1)) ? maxLength - 1 : maxLength;
    return text.substring(0, end) + "…";
  }
}
