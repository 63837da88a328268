package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.LDValue;
import java.util.ArrayList;
import java.util.List;

/**
 * What LaunchDarkly's evaluator would answer otherwise than whoever wrote the flag must think. An
 * evaluation never fails for these, so they are looked for when a set comes in.
 */
final class FlagPitfalls {

  private static final String USER = "user";
  private static final String KNOWN = "use customer, engine, event or rule";

  private final List<String> refused = new ArrayList<>();
  private final List<String> doubtful = new ArrayList<>();

  private FlagPitfalls(FlagSet set) {
    set.flags().forEach(this::checkFlag);
    set.segments().forEach(this::checkSegment);
  }

  /**
   * Returns what is likely not meant but harms only itself: parts that can never match.
   *
   * @throws FlagSetRefusedException if events or alerts would go where nobody wants them
   */
  static List<String> check(FlagSet set) throws FlagSetRefusedException {
    FlagPitfalls pitfalls = new FlagPitfalls(set);
    if (!pitfalls.refused.isEmpty()) {
      throw new FlagSetRefusedException(String.join("; ", pitfalls.refused));
    }
    return pitfalls.doubtful;
  }

  private void checkFlag(String key, LDValue flag) {
    String name = "flag " + key;
    checkRollout(name, flag.get("fallthrough").get("rollout"));
    for (LDValue rule : flag.get("rules").values()) {
      checkRollout(name, rule.get("rollout"));
      checkClauses(name, rule);
    }
    if (hasValues(flag.get("targets"))) {
      doubtful.add(name + " targets keys of kind 'user', which no decision has; " + KNOWN);
    }
    flag.get("contextTargets").values().forEach(target -> checkKind(name, "target", target));
  }

  private void checkSegment(String key, LDValue segment) {
    String name = "segment " + key;
    if (segment.get("unbounded").booleanValue()) {
      refused.add(
          name + " is a big segment, whose members only LaunchDarkly knows; make it a usual one");
    }
    for (LDValue rule : segment.get("rules").values()) {
      if (!rule.get("weight").isNull()) {
        checkBucketing(name, rule, "rolloutContextKind");
      }
      checkClauses(name, rule);
    }
    for (String list : List.of("included", "excluded")) {
      if (segment.get(list).size() > 0) {
        doubtful.add(name + " names keys of kind 'user', which no decision has; " + KNOWN);
      }
    }
    for (String list : List.of("includedContexts", "excludedContexts")) {
      segment.get(list).values().forEach(target -> checkKind(name, "list", target));
    }
  }

  private static boolean hasValues(LDValue targets) {
    for (LDValue target : targets.values()) {
      if (target.get("values").size() > 0) {
        return true;
      }
    }
    return false;
  }

  private void checkRollout(String name, LDValue rollout) {
    if (!rollout.isNull()) {
      checkBucketing(name, rollout, "contextKind");
    }
  }

  /**
   * A rollout over a kind or an attribute that is not there gives the first variation to everybody,
   * be its share 0 %.
   */
  private void checkBucketing(String name, LDValue rollout, String kindField) {
    String kind = rollout.get(kindField).isNull() ? USER : rollout.get(kindField).stringValue();
    LDValue attribute = rollout.get("bucketBy");
    if (kind == null || !FlagContexts.KINDS.contains(kind)) {
      refused.add(
          "%s has a percentage of kind '%s', which no decision has, so that everybody would fall"
                  .formatted(name, kind)
              + " into its first part; "
              + KNOWN);
    } else if (!attribute.isNull() && !attribute.equals(LDValue.of("key"))) {
      String what = "%s has a percentage by %s '%s'".formatted(name, kind, attribute.stringValue());
      if (kind.equals("customer")) {
        doubtful.add(what + ": customers without it all fall into its first part");
      } else {
        refused.add(what + ", which would put everybody into its first part; leave out bucketBy");
      }
    }
  }

  private void checkClauses(String name, LDValue rule) {
    for (LDValue clause : rule.get("clauses").values()) {
      String op = String.valueOf(clause.get("op").stringValue());
      if (op.equals("matches")) {
        for (LDValue regex : clause.get("values").values()) {
          checkRegex(name, String.valueOf(regex.stringValue()));
        }
      }
      if (!op.equals("segmentMatch")) {
        checkKind(name, "clause", clause);
      }
    }
  }

  /** The evaluator takes Java's own regular expressions, some of which take for ever. */
  private void checkRegex(String name, String regex) {
    if (!BoundedRegex.accepts(regex)) {
      refused.add(
          "%s has a regular expression that may take very long, '%s'; ".formatted(name, regex)
              + BoundedRegex.ALLOWED);
    }
  }

  private void checkKind(String name, String what, LDValue item) {
    String kind = KindUse.kindOf(item);
    if (!KindUse.asksForKinds(item) && !FlagContexts.KINDS.contains(kind)) {
      doubtful.add(
          "%s has a %s of kind '%s', which no decision has; %s".formatted(name, what, kind, KNOWN));
    }
  }
}
