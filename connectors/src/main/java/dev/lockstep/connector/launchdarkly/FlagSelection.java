package dev.lockstep.connector.launchdarkly;

import static com.launchdarkly.sdk.server.DataModel.FEATURES;
import static com.launchdarkly.sdk.server.DataModel.SEGMENTS;

import com.launchdarkly.sdk.LDValue;
import com.launchdarkly.sdk.server.subsystems.DataStoreTypes.DataKind;
import com.launchdarkly.sdk.server.subsystems.DataStoreTypes.ItemDescriptor;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Picks the declared flags out of an environment, with all that they depend on. Everything else
 * would only make broadcast state larger, and its changes would not be ours.
 */
final class FlagSelection {

  private final FlagItems source;
  private final Map<String, LDValue> flags = new HashMap<>();
  private final Map<String, LDValue> segments = new HashMap<>();

  private FlagSelection(FlagItems source) {
    this.source = source;
  }

  /**
   * Returns the set that is to travel.
   *
   * @throws FlagSetRefusedException if a declared flag is missing, or an item would be another one
   *     after the journey
   */
  static FlagSet select(FlagItems source, FlagKeys keys) throws FlagSetRefusedException {
    FlagSelection selection = new FlagSelection(source);
    selection.addDeclared(keys.ingress());
    selection.addDeclared(keys.egress());
    return new FlagSet(selection.flags, selection.segments);
  }

  private void addDeclared(String key) throws FlagSetRefusedException {
    addFlag(key);
    if (!flags.containsKey(key)) {
      throw new FlagSetRefusedException("it lacks the flag " + key);
    }
  }

  /** A prerequisite that is missing stays missing: the evaluator has an answer to that. */
  private void addFlag(String key) throws FlagSetRefusedException {
    LDValue flag = flags.containsKey(key) ? null : serialized(FEATURES, key);
    if (flag != null) {
      flags.put(key, flag);
      for (LDValue prerequisite : flag.get("prerequisites").values()) {
        addFlag(prerequisite.get("key").stringValue());
      }
      addSegmentsOf(flag);
    }
  }

  private void addSegment(String key) throws FlagSetRefusedException {
    LDValue segment = segments.containsKey(key) ? null : serialized(SEGMENTS, key);
    if (segment != null) {
      segments.put(key, segment);
      addSegmentsOf(segment);
    }
  }

  private void addSegmentsOf(LDValue item) throws FlagSetRefusedException {
    for (LDValue rule : item.get("rules").values()) {
      for (LDValue clause : rule.get("clauses").values()) {
        if (clause.get("op").equals(LDValue.of("segmentMatch"))) {
          for (LDValue key : clause.get("values").values()) {
            addSegment(key.stringValue());
          }
        }
      }
    }
  }

  private @Nullable LDValue serialized(DataKind kind, @Nullable String key)
      throws FlagSetRefusedException {
    ItemDescriptor item = key == null ? null : source.of(kind).get(key);
    if (item == null || item.getItem() == null) {
      return null;
    }
    String name = kind.getName() + "/" + key;
    try {
      String text = kind.serialize(item);
      if (!Objects.equals(kind.serialize(kind.deserialize(text)), text)) {
        throw new FlagSetRefusedException(name + " does not survive being written and read");
      }
      LDValue value = LDValue.parse(text);
      return value.get("deleted").booleanValue() ? null : value;
    } catch (RuntimeException e) {
      throw new FlagSetRefusedException(name + " cannot be written and read", e);
    }
  }
}
