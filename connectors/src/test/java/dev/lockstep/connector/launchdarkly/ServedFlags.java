package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.LDValue;
import com.launchdarkly.sdk.ObjectBuilder;
import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.flag.FlagDecisions;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An environment as LaunchDarkly keeps it: what it sends next includes all patches and deletes. A
 * deleted item is remembered by its version, so that an older patch does not bring it back.
 */
final class ServedFlags {

  private static final String FLAGS = "/flags/";
  private static final String SEGMENTS = "/segments/";

  private final Map<String, LDValue> items = new LinkedHashMap<>();
  private final Map<String, Integer> versions = new LinkedHashMap<>();

  /** Forgets everything, {@code set} is the truth. */
  synchronized void replace(String set) {
    items.clear();
    versions.clear();
    LDValue value = LDValue.parse(set);
    for (String path : new String[] {FLAGS, SEGMENTS}) {
      LDValue ofKind = value.get(path.substring(1, path.length() - 1));
      ofKind.keys().forEach(key -> take(path + key, ofKind.get(key)));
    }
  }

  /** Takes an item that is newer; one at a path that means nothing is not kept. */
  synchronized void patch(String path, String item) {
    LDValue value = LDValue.parse(item);
    if (means(path) && isNewer(path, version(value))) {
      take(path, value);
    }
  }

  synchronized void delete(String path, int version) {
    if (means(path) && isNewer(path, version)) {
      items.remove(path);
      versions.put(path, version);
    }
  }

  /** The whole set. */
  synchronized String json() {
    return LDValue.buildObject()
        .put("flags", ofKind(FLAGS))
        .put("segments", ofKind(SEGMENTS))
        .build()
        .toJsonString();
  }

  /** The version that decisions under the whole set name. */
  String version() throws FlagSetRefusedException {
    FlagSet travelling = FlagSelection.select(FlagSet.parse(json()).items(), FlagKeys.DEFAULT);
    try (FlagDecisions decisions =
        new LaunchDarklyFlagSetReader(FlagKeys.DEFAULT)
            .read(travelling.text(), CustomerDirectory.EMPTY)) {
      return decisions.version();
    }
  }

  private void take(String path, LDValue item) {
    items.put(path, item);
    versions.put(path, version(item));
  }

  private boolean isNewer(String path, int version) {
    return version > versions.getOrDefault(path, Integer.MIN_VALUE);
  }

  private static int version(LDValue item) {
    return item.get("version").intValue();
  }

  private static boolean means(String path) {
    return path.startsWith(FLAGS) || path.startsWith(SEGMENTS);
  }

  private LDValue ofKind(String kind) {
    ObjectBuilder object = LDValue.buildObject();
    items.forEach(
        (path, item) -> {
          if (path.startsWith(kind)) {
            object.put(path.substring(kind.length()), item);
          }
        });
    return object.build();
  }
}
