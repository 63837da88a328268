package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.LDValue;
import com.launchdarkly.sdk.ObjectBuilder;

/**
 * What a rule of a flag serves.
 *
 * @param variation index of the variation; of a percentage, of that which the share of events gets
 * @param others index of the variation that the other events get; that of {@code variation} if all
 *     get the same
 * @param weight the share, in thousandths of a percent
 */
record Served(int variation, int others, int weight) {

  private static final int WHOLE = 100_000;

  /** The same for everything. */
  static Served all(int variation) {
    return new Served(variation, variation, WHOLE);
  }

  private boolean isSame() {
    return weight == WHOLE;
  }

  /** The members of a rule that say so, as engines get it. */
  void addTo(ObjectBuilder rule) {
    if (isSame()) {
      rule.put("variation", variation);
      return;
    }
    rule.put(
        "rollout",
        LDValue.buildObject()
            .put("contextKind", FlagContexts.EVENT.toString())
            .put(
                "variations",
                LDValue.arrayOf(part(variation, weight), part(others, WHOLE - weight)))
            .build());
  }

  private static LDValue part(int variation, int weight) {
    return LDValue.buildObject().put("variation", variation).put("weight", weight).build();
  }

  /** The members of an instruction that say so. */
  void addTo(ObjectBuilder instruction, FlagIds ids) {
    if (isSame()) {
      instruction.put("variationId", ids.variations().get(variation));
      return;
    }
    instruction.put("rolloutContextKind", FlagContexts.EVENT.toString());
    instruction.put(
        "rolloutWeights",
        LDValue.buildObject()
            .put(ids.variations().get(variation), weight)
            .put(ids.variations().get(others), WHOLE - weight)
            .build());
  }

  /** Whether the rule serves this already. */
  boolean isOf(LDValue rule) {
    if (isSame()) {
      return rule.get("variation").isInt() && rule.get("variation").intValue() == variation;
    }
    LDValue rollout = rule.get("rollout");
    LDValue parts = rollout.get("variations");
    return KindUse.kindOf(rollout).equals(FlagContexts.EVENT.toString())
        && parts.size() == 2
        && isPart(parts.get(0), variation, weight)
        && isPart(parts.get(1), others, WHOLE - weight);
  }

  private static boolean isPart(LDValue part, int variation, int weight) {
    return part.get("variation").intValue() == variation && part.get("weight").intValue() == weight;
  }
}
