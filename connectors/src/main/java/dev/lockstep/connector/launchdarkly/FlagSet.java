package dev.lockstep.connector.launchdarkly;

import static com.launchdarkly.sdk.server.DataModel.FEATURES;
import static com.launchdarkly.sdk.server.DataModel.SEGMENTS;

import com.launchdarkly.sdk.LDValue;
import com.launchdarkly.sdk.LDValueType;
import com.launchdarkly.sdk.ObjectBuilder;
import com.launchdarkly.sdk.server.subsystems.DataStoreTypes.DataKind;
import com.launchdarkly.sdk.server.subsystems.DataStoreTypes.ItemDescriptor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Flags and segments as JSON values, ready to travel.
 *
 * @param flags by key
 * @param segments by key
 */
record FlagSet(Map<String, LDValue> flags, Map<String, LDValue> segments) {

  FlagSet {
    flags = Map.copyOf(flags);
    segments = Map.copyOf(segments);
  }

  /**
   * Reads the travelling form.
   *
   * @throws IllegalArgumentException if the text has not that form
   */
  static FlagSet parse(String text) {
    LDValue value = parseJson(text);
    return new FlagSet(
        items(value.get("flags"), "flags"), items(value.get("segments"), "segments"));
  }

  private static LDValue parseJson(String text) {
    try {
      return LDValue.parse(text);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("a flag set must be JSON: " + e.getMessage(), e);
    }
  }

  private static Map<String, LDValue> items(@Nullable LDValue object, String name) {
    if (object == null || object.getType() != LDValueType.OBJECT) {
      throw new IllegalArgumentException("a flag set must have an object '" + name + "'");
    }
    Map<String, LDValue> items = new HashMap<>();
    object.keys().forEach(key -> items.put(key, object.get(key)));
    return items;
  }

  /** The flag's JSON; null as JSON has it when there is none. */
  LDValue flag(String key) {
    return flags.getOrDefault(key, LDValue.ofNull());
  }

  /** The segment's JSON; null as JSON has it when there is none. */
  LDValue segment(String key) {
    return segments.getOrDefault(key, LDValue.ofNull());
  }

  /** The travelling form: equal sets have equal texts. */
  String text() {
    return CanonicalJson.write(json(flags, segments));
  }

  /** The text without the items' versions, which say nothing about the decisions. */
  String content() {
    return CanonicalJson.write(json(withoutVersions(flags), withoutVersions(segments)));
  }

  private static LDValue json(Map<String, LDValue> flags, Map<String, LDValue> segments) {
    return LDValue.buildObject()
        .put("flags", object(flags))
        .put("segments", object(segments))
        .build();
  }

  private static LDValue object(Map<String, LDValue> items) {
    ObjectBuilder object = LDValue.buildObject();
    items.forEach(object::put);
    return object.build();
  }

  private static Map<String, LDValue> withoutVersions(Map<String, LDValue> items) {
    Map<String, LDValue> stripped = new HashMap<>();
    items.forEach((key, item) -> stripped.put(key, withoutVersion(item)));
    return stripped;
  }

  private static LDValue withoutVersion(LDValue item) {
    ObjectBuilder object = LDValue.buildObject();
    for (String field : item.keys()) {
      if (!field.equals("version")) {
        object.put(field, item.get(field));
      }
    }
    return object.build();
  }

  /**
   * Makes the set into what the SDK evaluates.
   *
   * @throws IllegalArgumentException if an item is not what the SDK takes for a flag or segment
   */
  FlagItems items() {
    return new FlagItems(
        Map.of(
            FEATURES, deserialized(FEATURES, flags), SEGMENTS, deserialized(SEGMENTS, segments)));
  }

  private static Map<String, ItemDescriptor> deserialized(
      DataKind kind, Map<String, LDValue> items) {
    Map<String, ItemDescriptor> deserialized = new HashMap<>();
    items.forEach(
        (key, item) -> {
          try {
            deserialized.put(key, kind.deserialize(item.toJsonString()));
          } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                kind.getName() + "/" + key + " is malformed: " + e.getMessage(), e);
          }
        });
    return deserialized;
  }
}
