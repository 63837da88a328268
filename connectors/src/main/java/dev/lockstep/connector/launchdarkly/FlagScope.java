package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.LDValue;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The context kinds that a flag looks at, itself or through prerequisites and segments. A decision
 * is the same for subjects that differ in no such kind.
 */
final class FlagScope {

  private final FlagSet set;
  private final Set<String> kinds = new HashSet<>();
  private final Set<String> seen = new HashSet<>();

  private FlagScope(FlagSet set) {
    this.set = set;
  }

  /** Returns the kinds, more perhaps than an evaluation gets to, never fewer. */
  static Set<String> of(FlagSet set, String flag) {
    FlagScope scope = new FlagScope(set);
    scope.addFlag(flag);
    return Set.copyOf(scope.kinds);
  }

  private void addFlag(@Nullable String key) {
    LDValue flag = set.flags().get(key);
    if (flag == null || !seen.add("flag " + key)) {
      return;
    }
    for (LDValue prerequisite : flag.get("prerequisites").values()) {
      addFlag(prerequisite.get("key").stringValue());
    }
    flag.get("contextTargets").values().forEach(this::addKind);
    addRollout(flag.get("fallthrough").get("rollout"));
    for (LDValue rule : flag.get("rules").values()) {
      addRollout(rule.get("rollout"));
      addClauses(rule);
    }
  }

  private void addSegment(@Nullable String key) {
    LDValue segment = set.segments().get(key);
    if (segment == null || !seen.add("segment " + key)) {
      return;
    }
    segment.get("includedContexts").values().forEach(this::addKind);
    segment.get("excludedContexts").values().forEach(this::addKind);
    for (LDValue rule : segment.get("rules").values()) {
      LDValue kind = rule.get("rolloutContextKind");
      if (kind.isString()) {
        kinds.add(kind.stringValue());
      }
      addClauses(rule);
    }
  }

  private void addClauses(LDValue rule) {
    for (LDValue clause : rule.get("clauses").values()) {
      addKind(clause);
      if (clause.get("op").equals(LDValue.of("segmentMatch"))) {
        clause.get("values").values().forEach(segment -> addSegment(segment.stringValue()));
      }
    }
  }

  private void addRollout(LDValue rollout) {
    if (!rollout.isNull()) {
      addKind(rollout);
    }
  }

  private void addKind(LDValue item) {
    LDValue kind = item.get("contextKind");
    // Without a kind it is one that no context has.
    if (kind.isString()) {
      kinds.add(kind.stringValue());
    }
  }
}
