package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.LDValue;
import com.launchdarkly.sdk.ObjectBuilder;
import java.util.List;

/**
 * A change of one flag in one environment, as the instructions of a semantic patch.
 *
 * @param flag the flag's key
 * @param instructions each a JSON object, in their order
 */
public record FlagChange(String flag, List<String> instructions) {

  /** What tells LaunchDarkly that a patch holds instructions. */
  public static final String CONTENT_TYPE =
      "application/json; domain-model=launchdarkly.semanticpatch";

  public FlagChange {
    instructions = List.copyOf(instructions);
    if (instructions.isEmpty()) {
      throw new IllegalArgumentException("a change must have an instruction");
    }
  }

  /**
   * The body of {@code PATCH /api/v2/flags/PROJECT/FLAG}, over several lines.
   *
   * @param environment key of the environment that is changed
   * @param comment what the flag's history says of it
   */
  public String body(String environment, String comment) {
    ObjectBuilder body = LDValue.buildObject();
    body.put("environmentKey", environment);
    body.put("comment", comment);
    body.put(
        "instructions",
        LDValue.arrayOf(instructions.stream().map(LDValue::parse).toArray(LDValue[]::new)));
    return ReadableJson.write(body.build());
  }
}
