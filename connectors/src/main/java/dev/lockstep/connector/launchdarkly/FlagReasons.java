package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.ContextKind;
import com.launchdarkly.sdk.EvaluationDetail;
import com.launchdarkly.sdk.EvaluationReason;
import com.launchdarkly.sdk.LDContext;
import com.launchdarkly.sdk.LDValue;
import dev.lockstep.flag.FlagReason;
import dev.lockstep.flag.FlagReason.Rollout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what an evaluator's reason refers to. It evaluates nothing itself. */
final class FlagReasons {

  private final FlagSet set;
  private final LaunchDarklyFlagDecisions decisions;

  FlagReasons(FlagSet set, LaunchDarklyFlagDecisions decisions) {
    this.set = set;
    this.decisions = decisions;
  }

  /** Why the flag gives what it gives in this context. */
  FlagReason of(String key, LDContext context) {
    EvaluationDetail<LDValue> detail = decisions.detail(key, context);
    LDValue flag = set.flag(key);
    return switch (detail.getReason().getKind()) {
      case OFF -> new FlagReason.Off();
      case TARGET_MATCH -> targetMatch(flag, detail.getVariationIndex(), context);
      case RULE_MATCH -> ruleMatch(key, detail, context);
      case FALLTHROUGH ->
          new FlagReason.Fallthrough(rollout(key, flag.get("fallthrough"), detail, context));
      case PREREQUISITE_FAILED ->
          prerequisiteFailed(
              flag, String.valueOf(detail.getReason().getPrerequisiteKey()), context);
      case ERROR -> new FlagReason.Failed(problem(detail.getReason()));
    };
  }

  /** What the flag gives, as JSON; null when it gives nothing. */
  static @Nullable String given(EvaluationDetail<LDValue> detail) {
    return detail.getValue().isNull() ? null : detail.getValue().toJsonString();
  }

  private static FlagReason targetMatch(LDValue flag, int variation, LDContext context) {
    for (LDValue list : flag.get("contextTargets").values()) {
      String kind = KindUse.kindOf(list);
      LDContext single = context.getIndividualContext(ContextKind.of(kind));
      boolean hit =
          single != null
              && list.get("variation").intValue() == variation
              && contains(list.get("values"), single.getKey());
      if (hit) {
        return new FlagReason.TargetMatch(kind, single.getKey(), list.get("values").size());
      }
    }
    throw new IllegalStateException("the SDK tells of a target that no list of the flag has");
  }

  private static boolean contains(LDValue keys, String key) {
    for (LDValue listed : keys.values()) {
      if (key.equals(listed.stringValue())) {
        return true;
      }
    }
    return false;
  }

  private FlagReason ruleMatch(String key, EvaluationDetail<LDValue> detail, LDContext context) {
    LDValue rules = set.flag(key).get("rules");
    int index = detail.getReason().getRuleIndex();
    LDValue rule = rules.get(index);
    List<String> clauses = new ArrayList<>();
    for (LDValue clause : rule.get("clauses").values()) {
      clauses.add(new ClauseWords(clause, context).toString());
    }
    return new FlagReason.RuleMatch(
        index,
        rules.size(),
        detail.getReason().getRuleId(),
        clauses,
        rollout(key, rule, detail, context));
  }

  private @Nullable Rollout rollout(
      String key, LDValue served, EvaluationDetail<LDValue> detail, LDContext context) {
    LDValue rollout = served.get("rollout");
    return rollout.isNull()
        ? null
        : new RolloutShares(key, set.flag(key), rollout)
            .at(RolloutPlace.of(rollout, context), detail.getVariationIndex());
  }

  private FlagReason prerequisiteFailed(LDValue flag, String failed, LDContext context) {
    LDValue wanted = LDValue.ofNull();
    for (LDValue prerequisite : flag.get("prerequisites").values()) {
      if (failed.equals(prerequisite.get("key").stringValue())) {
        wanted = set.flag(failed).get("variations").get(prerequisite.get("variation").intValue());
      }
    }
    return new FlagReason.PrerequisiteFailed(
        failed,
        wanted.toJsonString(),
        given(decisions.detail(failed, context)),
        of(failed, context));
  }

  private static String problem(EvaluationReason reason) {
    return switch (reason.getErrorKind()) {
      case FLAG_NOT_FOUND -> "there is no such flag";
      case MALFORMED_FLAG ->
          "it names a variation that it does not have, or its prerequisites go in a circle";
      case CLIENT_NOT_READY, USER_NOT_SPECIFIED, WRONG_TYPE, EXCEPTION ->
          "the SDK says " + reason.getErrorKind();
    };
  }
}
