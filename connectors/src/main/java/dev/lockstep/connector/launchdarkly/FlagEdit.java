package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.ArrayBuilder;
import com.launchdarkly.sdk.LDValue;
import com.launchdarkly.sdk.ObjectBuilder;
import dev.lockstep.connector.launchdarkly.FlagIds.RuleIds;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Changes one flag for one customer at a time, and notes the instructions by which LaunchDarkly
 * makes the same changes. It touches lists of customers, and rules that name customers and one
 * engine and nothing else; whatever else the flag has stays as it is.
 */
final class FlagEdit {

  private static final String CUSTOMER = "customer";
  private static final String ENGINE = "engine";

  /** LaunchDarkly gives the ids; no instruction can name them before. */
  private static final RuleIds NEW_RULE =
      new RuleIds("(id of the rule that this adds)", List.of("(its id)", "(its id)"));

  private final LDValue flag;
  private final FlagIds ids;
  private final List<Rule> rules = new ArrayList<>();
  private final List<LDValue> instructions = new ArrayList<>();
  private LDValue contextTargets;

  FlagEdit(LDValue flag, FlagIds ids) {
    this.flag = flag;
    this.ids = ids;
    this.contextTargets = flag.get("contextTargets");
    for (int i = 0; i < flag.get("rules").size(); i++) {
      rules.add(new Rule(flag.get("rules").get(i), ids.rules().get(i)));
    }
  }

  private FlagEdit(FlagEdit original) {
    this.flag = original.flag;
    this.ids = original.ids;
    this.contextTargets = original.contextTargets;
    this.rules.addAll(original.rules);
    this.instructions.addAll(original.instructions);
  }

  /** The same so far; what is done to one of both does not touch the other. */
  FlagEdit copy() {
    return new FlagEdit(this);
  }

  /** A rule and its ids. */
  private record Rule(LDValue json, RuleIds ids) {}

  /** The flag as it is now. */
  LDValue flag() {
    ObjectBuilder edited = LDValue.buildObject();
    for (String name : flag.keys()) {
      edited.put(name, flag.get(name));
    }
    if (!contextTargets.isNull()) {
      edited.put("contextTargets", contextTargets);
    }
    if (!rules.isEmpty() || !flag.get("rules").isNull()) {
      edited.put("rules", array(rules.stream().map(Rule::json).toList()));
    }
    return edited.build();
  }

  /** The instructions so far, each a JSON object. */
  List<String> instructions() {
    return instructions.stream().map(LDValue::toJsonString).toList();
  }

  /** Takes a customer out of the lists that decide for it in every engine. */
  void removeFromLists(String customer) {
    List<LDValue> lists = new ArrayList<>();
    for (LDValue list : contextTargets.values()) {
      List<LDValue> kept = without(list.get("values"), customer);
      if (KindUse.kindOf(list).equals(CUSTOMER) && kept.size() < list.get("values").size()) {
        note(
            LDValue.buildObject()
                .put("kind", "removeTargets")
                .put("contextKind", CUSTOMER)
                .put("values", LDValue.arrayOf(LDValue.of(customer)))
                .put("variationId", ids.variations().get(list.get("variation").intValue())));
        lists.add(with(list, "values", array(kept)));
      } else {
        lists.add(list);
      }
    }
    if (!contextTargets.isNull()) {
      contextTargets = array(lists);
    }
  }

  /** Takes a customer out of the rules for one engine. */
  void removeFromRules(String engine, String customer) {
    for (Rule rule : List.copyOf(rules)) {
      Integer clause = customersOf(rule.json(), engine);
      if (clause == null) {
        continue;
      }
      LDValue values = rule.json().get("clauses").get(clause).get("values");
      List<LDValue> kept = without(values, customer);
      if (kept.isEmpty() && values.size() > 0) {
        note(LDValue.buildObject().put("kind", "removeRule").put("ruleId", rule.ids().id()));
        rules.remove(rule);
      } else if (kept.size() < values.size()) {
        note(ofClause("removeValuesFromClause", rule, clause, customer));
        replace(rule, clause, kept);
      }
    }
  }

  /** Adds a customer to the rule that serves this for the engine; false if there is none. */
  boolean addToRule(String engine, String customer, Served served) {
    for (Rule rule : rules) {
      Integer clause = customersOf(rule.json(), engine);
      if (clause != null && served.isOf(rule.json())) {
        List<LDValue> values = new ArrayList<>();
        rule.json().get("clauses").get(clause).get("values").values().forEach(values::add);
        values.add(LDValue.of(customer));
        note(ofClause("addValuesToClause", rule, clause, customer));
        replace(rule, clause, values);
        return true;
      }
    }
    return false;
  }

  /**
   * Puts a rule for the customer in the engine before all that were there: those that are added are
   * about different engines or customers, so their order is all one.
   */
  void addRule(String engine, String customer, Served served) {
    int at = firstOfOld();
    LDValue clauses = LDValue.arrayOf(clause(ENGINE, engine), clause(CUSTOMER, customer));
    ObjectBuilder instruction = LDValue.buildObject().put("kind", "addRule");
    if (at < rules.size()) {
      instruction.put("beforeRuleId", rules.get(at).ids().id());
    }
    instruction.put("clauses", clauses);
    served.addTo(instruction, ids);
    note(instruction);
    ObjectBuilder rule = LDValue.buildObject().put("id", newRule()).put("clauses", clauses);
    served.addTo(rule);
    rules.add(at, new Rule(rule.build(), NEW_RULE));
  }

  private int firstOfOld() {
    int at = 0;
    while (at < rules.size() && rules.get(at).ids().equals(NEW_RULE)) {
      at++;
    }
    return at;
  }

  /** In files rules need ids of their own; LaunchDarkly gives others. */
  private String newRule() {
    int number = 1;
    while (hasRule("lockstep-" + number)) {
      number++;
    }
    return "lockstep-" + number;
  }

  private boolean hasRule(String id) {
    return rules.stream().anyMatch(rule -> LDValue.of(id).equals(rule.json().get("id")));
  }

  private void replace(Rule rule, int clause, List<LDValue> values) {
    List<LDValue> clauses = new ArrayList<>();
    rule.json().get("clauses").values().forEach(clauses::add);
    clauses.set(clause, with(clauses.get(clause), "values", array(values)));
    rules.set(
        rules.indexOf(rule), new Rule(with(rule.json(), "clauses", array(clauses)), rule.ids()));
  }

  /** Which clause names the customers, in a rule for customers of one engine; null in others. */
  private static @Nullable Integer customersOf(LDValue rule, String engine) {
    LDValue clauses = rule.get("clauses");
    if (clauses.size() != 2) {
      return null;
    }
    for (int customers = 0; customers < 2; customers++) {
      LDValue other = clauses.get(1 - customers);
      if (lists(clauses.get(customers), CUSTOMER)
          && lists(other, ENGINE)
          && other.get("values").equals(LDValue.arrayOf(LDValue.of(engine)))) {
        return customers;
      }
    }
    return null;
  }

  private static boolean lists(LDValue clause, String kind) {
    return KindUse.kindOf(clause).equals(kind)
        && "key".equals(clause.get("attribute").stringValue())
        && "in".equals(clause.get("op").stringValue())
        && !clause.get("negate").booleanValue();
  }

  private static LDValue clause(String kind, String key) {
    return LDValue.buildObject()
        .put("contextKind", kind)
        .put("attribute", "key")
        .put("op", "in")
        .put("negate", false)
        .put("values", LDValue.arrayOf(LDValue.of(key)))
        .build();
  }

  private static ObjectBuilder ofClause(String kind, Rule rule, int clause, String customer) {
    return LDValue.buildObject()
        .put("kind", kind)
        .put("ruleId", rule.ids().id())
        .put("clauseId", rule.ids().clauses().get(clause))
        .put("values", LDValue.arrayOf(LDValue.of(customer)));
  }

  private void note(ObjectBuilder instruction) {
    instructions.add(instruction.build());
  }

  private static List<LDValue> without(LDValue values, String key) {
    return StreamSupport.stream(values.values().spliterator(), false)
        .filter(value -> !value.equals(LDValue.of(key)))
        .toList();
  }

  private static LDValue with(LDValue object, String name, LDValue value) {
    ObjectBuilder copy = LDValue.buildObject();
    for (String each : object.keys()) {
      copy.put(each, object.get(each));
    }
    return copy.put(name, value).build();
  }

  private static LDValue array(List<LDValue> values) {
    ArrayBuilder array = LDValue.buildArray();
    values.forEach(array::add);
    return array.build();
  }
}
