package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.AttributeRef;
import com.launchdarkly.sdk.ContextKind;
import com.launchdarkly.sdk.LDContext;
import com.launchdarkly.sdk.LDValue;
import org.jspecify.annotations.Nullable;

/**
 * By what a rollout divides, and the value that a context has there.
 *
 * @param value null when the context has none that can be divided by
 */
record RolloutPlace(String contextKind, String attribute, @Nullable String value) {

  static RolloutPlace of(LDValue rollout, LDContext context) {
    String kind = KindUse.kindOf(rollout);
    String bucketBy = rollout.get("bucketBy").stringValue();
    boolean byKey = bucketBy == null || "experiment".equals(rollout.get("kind").stringValue());
    AttributeRef attribute =
        byKey
            ? AttributeRef.fromLiteral("key")
            : rollout.get("contextKind").isNull()
                ? AttributeRef.fromLiteral(bucketBy)
                : AttributeRef.fromPath(bucketBy);
    LDContext single = context.getIndividualContext(ContextKind.of(kind));
    return new RolloutPlace(
        kind, byKey ? "key" : bucketBy, single == null ? null : text(single.getValue(attribute)));
  }

  /** As the SDK takes it: text and whole numbers only. */
  private static @Nullable String text(LDValue value) {
    return value.isInt() ? String.valueOf(value.intValue()) : value.stringValue();
  }
}
