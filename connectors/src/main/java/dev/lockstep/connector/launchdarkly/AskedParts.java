package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.EvaluationReason;
import com.launchdarkly.sdk.LDContext;
import com.launchdarkly.sdk.LDValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Names the parts of a flag that an evaluation came past and that ask for one kind of context: with
 * another context of that kind it may have ended elsewhere.
 */
final class AskedParts {

  private final FlagSet set;
  private final LaunchDarklyFlagDecisions decisions;
  private final KindUse use;

  AskedParts(FlagSet set, LaunchDarklyFlagDecisions decisions, KindUse use) {
    this.set = set;
    this.decisions = decisions;
    this.use = use;
  }

  /** The parts in words, in the order in which they are looked at. */
  List<String> of(String key, LDContext context) {
    LDValue flag = set.flag(key);
    EvaluationReason reason = decisions.detail(key, context).getReason();
    return switch (reason.getKind()) {
      case OFF -> List.of();
      case ERROR -> use.anywhereIn(key) ? List.of("the flag") : List.of();
      case PREREQUISITE_FAILED -> prerequisites(flag, reason, context);
      case TARGET_MATCH -> upToTargets(flag, reason, context);
      case RULE_MATCH -> upToRule(flag, reason, context);
      case FALLTHROUGH -> upToFallthrough(flag, reason, context);
    };
  }

  private List<String> prerequisites(LDValue flag, EvaluationReason reason, LDContext context) {
    List<String> parts = new ArrayList<>();
    for (LDValue prerequisite : flag.get("prerequisites").values()) {
      String key = String.valueOf(prerequisite.get("key").stringValue());
      if (!of(key, context).isEmpty()) {
        parts.add("the prerequisite '" + key + "'");
      }
      if (key.equals(reason.getPrerequisiteKey())) {
        break;
      }
    }
    return parts;
  }

  private List<String> upToTargets(LDValue flag, EvaluationReason reason, LDContext context) {
    List<String> parts = prerequisites(flag, reason, context);
    if (use.inTargets(flag)) {
      parts.add("a target list");
    }
    return parts;
  }

  private List<String> upToRule(LDValue flag, EvaluationReason reason, LDContext context) {
    int last = reason.getRuleIndex();
    List<String> parts = upToTargets(flag, reason, context);
    addRules(flag, last + 1, parts);
    if (use.inRollout(flag.get("rules").get(last))) {
      parts.add("the percentages of rule " + (last + 1));
    }
    return parts;
  }

  private List<String> upToFallthrough(LDValue flag, EvaluationReason reason, LDContext context) {
    List<String> parts = upToTargets(flag, reason, context);
    addRules(flag, flag.get("rules").size(), parts);
    if (use.inRollout(flag.get("fallthrough"))) {
      parts.add("the default percentages");
    }
    return parts;
  }

  private void addRules(LDValue flag, int count, List<String> parts) {
    for (int i = 0; i < count; i++) {
      if (use.inClauses(flag.get("rules").get(i))) {
        parts.add("rule " + (i + 1));
      }
    }
  }
}
