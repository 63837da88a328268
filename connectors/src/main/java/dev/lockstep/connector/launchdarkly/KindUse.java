package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.LDValue;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Which parts of flags and segments ask for one kind of context. */
final class KindUse {

  private static final String DEFAULT_KIND = "user";
  private static final int WHOLE = 100_000;

  private final FlagSet set;
  private final String kind;

  KindUse(FlagSet set, String kind) {
    this.set = set;
    this.kind = kind;
  }

  /** The kind that a clause, target list or rollout is about. */
  static String kindOf(LDValue part) {
    return Objects.requireNonNullElse(part.get("contextKind").stringValue(), DEFAULT_KIND);
  }

  /** Whether the flag asks for the kind, or anything that it depends on. */
  boolean anywhereIn(String flag) {
    return anywhereIn(flag, new HashSet<>());
  }

  private boolean anywhereIn(String key, Set<String> seen) {
    LDValue flag = set.flag(key);
    if (!seen.add(key) || !flag.get("on").booleanValue()) {
      return false;
    }
    return inTargets(flag)
        || any(flag.get("rules"), rule -> inClauses(rule) || inRollout(rule))
        || inRollout(flag.get("fallthrough"))
        || any(
            flag.get("prerequisites"),
            prerequisite -> anywhereIn(keyOf(prerequisite.get("key")), seen));
  }

  boolean inTargets(LDValue flag) {
    return inLists(flag.get("contextTargets"));
  }

  boolean inClauses(LDValue rule) {
    return inClauses(rule, new HashSet<>());
  }

  /** Whether what a rule or the fallthrough serves is divided by the kind. */
  boolean inRollout(LDValue served) {
    LDValue rollout = served.get("rollout");
    return !rollout.isNull() && kindOf(rollout).equals(kind) && !isWhole(rollout);
  }

  /**
   * Whether one variation has all. The first that has anything decides: weights written by hand may
   * come to more than a whole.
   */
  private static boolean isWhole(LDValue rollout) {
    for (LDValue part : rollout.get("variations").values()) {
      int weight = part.get("weight").intValue();
      if (weight > 0) {
        return weight >= WHOLE;
      }
    }
    return false;
  }

  private boolean inClauses(LDValue rule, Set<String> seenSegments) {
    return any(
        rule.get("clauses"),
        clause ->
            clause.get("op").equals(LDValue.of("segmentMatch"))
                ? any(clause.get("values"), key -> inSegment(keyOf(key), seenSegments))
                : kindOf(clause).equals(kind) && !asksForKinds(clause));
  }

  /** The kinds of a subject are always the same four. */
  static boolean asksForKinds(LDValue clause) {
    return clause.get("attribute").equals(LDValue.of("kind"));
  }

  private boolean inSegment(String key, Set<String> seen) {
    LDValue segment = set.segment(key);
    return seen.add(key)
        && (inLists(segment.get("includedContexts"))
            || inLists(segment.get("excludedContexts"))
            || any(segment.get("rules"), rule -> inClauses(rule, seen) || inShare(rule)));
  }

  private boolean inShare(LDValue segmentRule) {
    String by = segmentRule.get("rolloutContextKind").stringValue();
    return !segmentRule.get("weight").isNull()
        && Objects.requireNonNullElse(by, DEFAULT_KIND).equals(kind);
  }

  private boolean inLists(LDValue lists) {
    return any(lists, list -> kindOf(list).equals(kind) && list.get("values").size() > 0);
  }

  private static String keyOf(LDValue text) {
    return Objects.requireNonNullElse(text.stringValue(), "");
  }

  private static boolean any(LDValue parts, Predicate<LDValue> test) {
    for (LDValue part : parts.values()) {
      if (test.test(part)) {
        return true;
      }
    }
    return false;
  }
}
