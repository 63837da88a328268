package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.LDValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The ids by which LaunchDarkly's REST API names the parts of one flag. The flag data that engines
 * get has those of rules alone.
 *
 * @param variations in the order of the flag
 * @param rules in the order of the flag
 */
record FlagIds(List<String> variations, List<RuleIds> rules) {

  FlagIds {
    variations = List.copyOf(variations);
    rules = List.copyOf(rules);
  }

  /** The ids of a rule and of its clauses, in their order. */
  record RuleIds(String id, List<String> clauses) {
    RuleIds {
      clauses = List.copyOf(clauses);
    }
  }

  /** Stand-ins that say in words which id belongs there. */
  static FlagIds inWords(LDValue flag) {
    List<String> variations = new ArrayList<>();
    for (LDValue value : flag.get("variations").values()) {
      variations.add("(id of the variation " + value.toJsonString().replace("\"", "") + ")");
    }
    List<RuleIds> rules = new ArrayList<>();
    for (LDValue rule : flag.get("rules").values()) {
      String number = String.valueOf(rules.size() + 1);
      List<String> clauses = new ArrayList<>();
      for (int i = 1; i <= rule.get("clauses").size(); i++) {
        clauses.add("(id of clause " + i + " of rule " + number + ")");
      }
      rules.add(
          new RuleIds(
              Objects.requireNonNullElse(
                  rule.get("id").stringValue(), "(id of rule " + number + ")"),
              clauses));
    }
    return new FlagIds(variations, rules);
  }

  /**
   * Those of a flag as the REST API returns it.
   *
   * @param environment whose rules count
   */
  static FlagIds ofApi(LDValue flag, String environment) {
    List<RuleIds> rules = new ArrayList<>();
    for (LDValue rule : flag.get("environments").get(environment).get("rules").values()) {
      rules.add(new RuleIds(idOf(rule), idsOf(rule.get("clauses"))));
    }
    return new FlagIds(idsOf(flag.get("variations")), rules);
  }

  private static List<String> idsOf(LDValue parts) {
    List<String> ids = new ArrayList<>();
    parts.values().forEach(part -> ids.add(idOf(part)));
    return ids;
  }

  private static String idOf(LDValue part) {
    return Objects.requireNonNullElse(part.get("_id").stringValue(), "");
  }

  /** Whether these can be the ids of that flag: the same rules, as many clauses and variations. */
  boolean fit(LDValue flag) {
    if (flag.get("variations").size() != variations.size()
        || flag.get("rules").size() != rules.size()) {
      return false;
    }
    for (int i = 0; i < rules.size(); i++) {
      LDValue rule = flag.get("rules").get(i);
      String id = rule.get("id").stringValue();
      if (rule.get("clauses").size() != rules.get(i).clauses().size()
          || (id != null && !id.equals(rules.get(i).id()))) {
        return false;
      }
    }
    return true;
  }
}
