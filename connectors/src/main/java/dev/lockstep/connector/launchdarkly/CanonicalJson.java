package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.LDValue;
import com.launchdarkly.sdk.LDValueType;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Writes JSON with sorted keys and no white space, so that equal values are equal texts. */
final class CanonicalJson {

  private CanonicalJson() {}

  static String write(LDValue value) {
    StringBuilder out = new StringBuilder();
    append(value, out);
    return out.toString();
  }

  private static void append(LDValue value, StringBuilder out) {
    if (value.getType() == LDValueType.OBJECT) {
      appendObject(value, out);
    } else if (value.getType() == LDValueType.ARRAY) {
      appendArray(value, out);
    } else {
      out.append(value.toJsonString());
    }
  }

  private static void appendObject(LDValue object, StringBuilder out) {
    NavigableSet<String> keys = new TreeSet<>();
    object.keys().forEach(keys::add);
    String separator = "{";
    for (String key : keys) {
      out.append(separator).append(LDValue.of(key).toJsonString()).append(':');
      append(object.get(key), out);
      separator = ",";
    }
    out.append(keys.isEmpty() ? "{}" : "}");
  }

  private static void appendArray(LDValue array, StringBuilder out) {
    String separator = "[";
    for (LDValue element : array.values()) {
      out.append(separator);
      append(element, out);
      separator = ",";
    }
    out.append(array.size() == 0 ? "[]" : "]");
  }
}
