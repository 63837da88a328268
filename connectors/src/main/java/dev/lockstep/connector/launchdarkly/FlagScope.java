package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.LDValue;
import dev.lockstep.flag.FlagSubject;
import dev.lockstep.flag.FlagSubject.RuleAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a subject a flag looks at, itself or through prerequisites and segments: more perhaps
 * than an evaluation gets to, never less. A decision is the same for subjects that differ in
 * nothing of it.
 */
final class FlagScope {

  private static final String NOTHING = "-";
  private static final Set<String> ATTRIBUTES_OF_RULES = Set.of("level", "status");

  private final FlagSet set;
  private final Set<String> seen = new HashSet<>();
  private final Set<String> kinds = new HashSet<>();
  private boolean ruleId;

  private FlagScope(FlagSet set) {
    this.set = set;
  }

  static FlagScope of(FlagSet set, String flag) {
    FlagScope scope = new FlagScope(set);
    scope.addFlag(flag);
    return scope;
  }

  /** Whether each event is a subject of its own. */
  boolean dependsOnEvent() {
    return kinds.contains(FlagContexts.EVENT.toString());
  }

  /** The same subject for all events and for all rules that the flag does not tell apart. */
  FlagSubject withoutTheRest(FlagSubject subject) {
    return new FlagSubject(subject.customer(), subject.engine(), NOTHING, ofRule(subject.rule()));
  }

  private @Nullable RuleAttributes ofRule(@Nullable RuleAttributes rule) {
    if (rule == null || !kinds.contains(FlagContexts.RULE.toString())) {
      return null;
    }
    return ruleId ? rule : new RuleAttributes(NOTHING, rule.level(), rule.status());
  }

  private void addFlag(@Nullable String key) {
    LDValue flag = set.flags().get(key);
    if (flag == null || !seen.add("flag " + key)) {
      return;
    }
    for (LDValue prerequisite : flag.get("prerequisites").values()) {
      addFlag(prerequisite.get("key").stringValue());
    }
    flag.get("contextTargets").values().forEach(this::addIdentity);
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
    segment.get("includedContexts").values().forEach(this::addIdentity);
    segment.get("excludedContexts").values().forEach(this::addIdentity);
    for (LDValue rule : segment.get("rules").values()) {
      addIdentityOf(rule.get("rolloutContextKind"));
      addClauses(rule);
    }
  }

  private void addClauses(LDValue rule) {
    for (LDValue clause : rule.get("clauses").values()) {
      if (clause.get("op").equals(LDValue.of("segmentMatch"))) {
        clause.get("values").values().forEach(segment -> addSegment(segment.stringValue()));
      } else if (ATTRIBUTES_OF_RULES.contains(
          String.valueOf(clause.get("attribute").stringValue()))) {
        addKind(clause.get("contextKind"));
      } else {
        addIdentity(clause);
      }
    }
  }

  private void addRollout(LDValue rollout) {
    if (!rollout.isNull()) {
      addIdentity(rollout);
    }
  }

  private void addIdentity(LDValue item) {
    addIdentityOf(item.get("contextKind"));
  }

  private void addIdentityOf(LDValue kind) {
    addKind(kind);
    ruleId |= kind.equals(LDValue.of(FlagContexts.RULE.toString()));
  }

  /** Without a kind it is one that no context has. */
  private void addKind(LDValue kind) {
    if (kind.isString()) {
      kinds.add(kind.stringValue());
    }
  }
}
