package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.LDValue;
import com.launchdarkly.sdk.ObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes changed routes into the text of a flag file, and leaves all else of it as it is. */
public final class FlagFileEdit {

  private static final List<String> ROUTING = List.of("contextTargets", "rules");

  private FlagFileEdit() {}

  /**
   * The text that the file would have.
   *
   * @throws IOException if it cannot be read
   * @throws FlagChangeRefusedException if it is no JSON, or has not both flags in full
   */
  public static String edited(Path file, FlagRoutes routes)
      throws IOException, FlagChangeRefusedException {
    LDValue original;
    try {
      original = LDValue.parse(Files.readString(file));
    } catch (RuntimeException e) {
      throw new FlagChangeRefusedException(
          "%s is not JSON, and only JSON can be written back".formatted(file));
    }
    ObjectBuilder flags = copy(original.get("flags"));
    for (String key : List.of(routes.keys().ingress(), routes.keys().egress())) {
      LDValue flag = original.get("flags").get(key);
      if (flag.isNull()) {
        throw new FlagChangeRefusedException(
            "%s has not %s in full: give a file that has both flags".formatted(file, key));
      }
      flags.put(key, rerouted(flag, routes.flag(key)));
    }
    return ReadableJson.write(copy(original).put("flags", flags.build()).build()) + "\n";
  }

  private static LDValue rerouted(LDValue flag, LDValue edited) {
    ObjectBuilder rerouted = copy(flag);
    for (String part : ROUTING) {
      if (edited.get(part).size() > 0 || flag.get(part).size() > 0) {
        rerouted.put(part, edited.get(part));
      }
    }
    return rerouted.build();
  }

  private static ObjectBuilder copy(LDValue object) {
    ObjectBuilder copy = LDValue.buildObject();
    object.keys().forEach(name -> copy.put(name, object.get(name)));
    return copy;
  }
}
