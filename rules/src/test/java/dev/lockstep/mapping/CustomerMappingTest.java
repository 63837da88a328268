package dev.lockstep.mapping;

import static dev.lockstep.mapping.Mapped.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sigma.CustomerScope;
import dev.lockstep.sigma.SigmaParser;
import dev.lockstep.sigma.SigmaRule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomerMappingTest {
  private static final String MAPPING =
      """
      fields: {a: x}
      logsources: [{logsource: {product: p}, when: {k: 1}}]
      customers:
        acme: {fields: {a: y}}
        globex: {logsources: [{logsource: {product: p}, when: {kind: 1}}]}
        initech: {fields: {other: z}}
        umbrella: {use: stated, fields: {a: w}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "someone  | {\"k\":1,\"x\":1}    | true",
        "someone  | {\"k\":1,\"y\":1}    | false",
        "acme     | {\"k\":1,\"y\":1}    | true",
        "acme     | {\"k\":1,\"x\":1}    | false",
        "globex   | {\"kind\":1,\"x\":1} | true",
        "globex   | {\"k\":1,\"x\":1}    | false",
        "initech  | {\"k\":1,\"x\":1}    | true",
        "umbrella | {\"product\":\"p\",\"w\":1} | true",
        "umbrella | {\"k\":1,\"w\":1}    | false",
      })
  void aCustomersOwnWaysOverrideThoseOfEveryone(String customer, String event, boolean expected) {
    assertThat(Mapped.by(MAPPING).matches(rule("{product: p}", "{a: 1}"), event, customer))
        .isEqualTo(expected);
  }

  @Test
  void makesOneVariantForEachWayAndNoneForWhatDoesNotTouchTheRule() {
    List<SigmaRule> variants =
        Mapped.by(MAPPING).mapping().apply(List.of(rule("{product: p}", "{a: 1}")));
    assertThat(variants.stream().map(SigmaRule::customers))
        .containsExactly(
            new CustomerScope(CustomerScope.Kind.EXCEPT, Set.of("acme", "globex", "umbrella")),
            new CustomerScope(CustomerScope.Kind.ONLY, Set.of("acme")),
            new CustomerScope(CustomerScope.Kind.ONLY, Set.of("globex")),
            new CustomerScope(CustomerScope.Kind.ONLY, Set.of("umbrella")));
  }

  @Test
  void customersOfTheSameWaysShareAVariant() {
    Mapped mapped = Mapped.by("customers: {b: {fields: {a: y}}, c: {fields: {a: [y]}}}");
    assertThat(
            mapped.mapping().apply(List.of(rule("{product: p}", "{a: 1}"))).stream()
                .map(variant -> variant.customers().customers()))
        .containsExactly(Set.of("b", "c"), Set.of("b", "c"));
  }

  @Test
  void keepsToTheCustomersOfTheRule() {
    Mapped mapped = Mapped.by(MAPPING);
    SigmaRule only = scoped("{only: [acme, someone]}");
    assertThat(mapped.matches(only, "{\"k\":1,\"y\":1}", "acme")).isTrue();
    assertThat(mapped.matches(only, "{\"k\":1,\"x\":1}", "someone")).isTrue();
    assertThat(mapped.matches(only, "{\"k\":1,\"x\":1}", "another")).isFalse();
    assertThat(mapped.matches(only, "{\"kind\":1,\"x\":1}", "globex")).isFalse();
    SigmaRule except = scoped("{except: [acme]}");
    assertThat(mapped.matches(except, "{\"k\":1,\"y\":1}", "acme")).isFalse();
    assertThat(mapped.matches(except, "{\"kind\":1,\"x\":1}", "globex")).isTrue();
    assertThat(mapped.matches(except, "{\"k\":1,\"x\":1}", "someone")).isTrue();
  }

  @Test
  void aRuleThatOnlyOneCustomersMappingKnowsJudgesThatCustomersEvents() {
    Mapped mapped =
        Mapped.by(
            """
            logsources: [{logsource: {product: p}}]
            customers: {acme: {logsources: [{logsource: {product: q}}]}}
            """);
    SigmaRule rule = rule("{product: q}", "{a: 1}");
    assertThat(mapped.matches(rule, "{\"a\":1}", "acme")).isTrue();
    assertThat(mapped.matches(rule, "{\"a\":1}", "someone")).isFalse();
    assertThat(mapped.mapping().uncovered(List.of(rule))).containsExactly(rule);
  }

  @Test
  void aCustomersFieldsComeBeforeThoseOfAnEntry() {
    Mapped mapped =
        Mapped.by(
            """
            logsources: [{logsource: {product: p}, fields: {a: x}}]
            customers: {acme: {fields: {a: y}}}
            """);
    SigmaRule rule = rule("{product: p}", "{a: 1}");
    assertThat(mapped.matches(rule, "{\"y\":1}", "acme")).isTrue();
    assertThat(mapped.matches(rule, "{\"x\":1}", "acme")).isFalse();
    assertThat(mapped.matches(rule, "{\"x\":1}", "someone")).isTrue();
  }

  @Test
  void rulesStayInTheirOrder() {
    List<SigmaRule> rules = List.of(rule("{product: p}", "{a: 1}"), rule("{product: p}", "{b: 1}"));
    assertThat(
            Mapped.by("customers: {acme: {fields: {a: y}}}").mapping().apply(rules).stream()
                .map(variant -> rules.stream().filter(r -> same(r, variant)).findFirst())
                .map(rule -> rules.indexOf(rule.orElseThrow())))
        .containsExactly(0, 0, 1);
  }

  private static boolean same(SigmaRule rule, SigmaRule variant) {
    return rule.contentHash().equals(variant.contentHash());
  }

  private static SigmaRule scoped(String customers) {
    return SigmaParser.parse(
            "rule.yml",
            """
            title: r
            logsource: {product: p}
            detection: {s: {a: 1}, condition: s}
            lockstep: {customers: %s}
            """
                .formatted(customers))
        .rules()
        .get(0);
  }
}
