package dev.lockstep.content;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleMeaningTest {
  private static final String RULE =
      """
      title: T
      id: x
      level: low
      logsource: {product: p, category: c}
      detection:
        one: {a: 1, b|contains: [u, v]}
        two: {c|re|i|s: d}
        condition: one and not two
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "title: T ~ title: Other",
        "title: T ~ title: T # a remark",
        "level: low ~ 'level: low\ntags: [attack.t1059]\ndescription: why'",
        "{product: p, category: c} ~ {category: c, product: p}",
        "{a: 1, b|contains: [u, v]} ~ {b|contains: [v, u], a: 1}",
        "{a: 1, b|contains: [u, v]} ~ {a: 1.0, b|contains: [u, v, u]}",
        "{a: 1, b|contains: [u, v]} ~ {a: 1, b: ['*u*', '*v*']}",
        "{a: 1, b|contains: [u, v]} ~ [{a: 1, b|contains: [u, v]}]",
        "one and not two ~ not two and one",
        "one and not two ~ one and not (two) and one",
      })
  void isTheSameHoweverItIsWritten(String part, String other) {
    assertThat(meaning(RULE.replace(part, other))).isEqualTo(meaning(RULE));
  }

  @Test
  void doesNotDependOnTheNamesOfSearchIdentifiers() {
    assertThat(meaning(RULE.replace("one", "selection").replace("two", "filter_main")))
        .isEqualTo(meaning(RULE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "level: low ~ level: high",
        "product: p ~ product: q",
        "product: p, ~ ''",
        "product: p ~ service: p",
        "{a: 1, ~ {a: 2,",
        "{a: 1, ~ {A: 1,",
        "{a: 1, ~ {a: '1*',",
        "{a: 1, ~ {a: null,",
        "{a: 1, ~ {a: '',",
        "{a: 1, ~ {a: true,",
        "{a: 1, ~ {a|gt: 1,",
        "{a: 1, ~ {a|gte: 1,",
        "{a: 1, ~ {a|exists: true,",
        "{a: 1, ~ {a|exists: false,",
        "{a: 1, ~ {a|cidr: 10.0.0.0/8,",
        "{a: 1, ~ {a|minute: 1,",
        "{a: 1, ~ {a|hour: 1,",
        "{a: 1, ~ {a|fieldref: b,",
        "{a: 1, ~ {a|fieldref|contains: b,",
        "b|contains ~ b|contains|all",
        "b|contains ~ b|contains|cased",
        "b|contains ~ b|startswith",
        "c|re|i|s ~ c|re|i",
        "one and not two ~ one or not two",
        "one and not two ~ one and two",
        "one and not two ~ one",
        "level: low ~ 'level: low\nlockstep: {stage: shadow}'",
        "level: low ~ 'level: low\nlockstep: {customers: {only: [acme]}}'",
        "level: low ~ 'level: low\nlockstep: {customers: {except: [acme]}}'",
      })
  void isAnotherWhenTheRuleDoesSomethingElse(String part, String other) {
    String changed = RULE.replace(part, other);

    assertThat(changed).isNotEqualTo(RULE);
    assertThat(meaning(changed)).isNotEqualTo(meaning(RULE));
  }

  @Test
  void isDifferentForEachOfTheseTests() {
    Stream<String> tests =
        Stream.of(
            "a: 1",
            "a: '1*'",
            "a: null",
            "a: true",
            "a|gt: 1",
            "a|lt: 1",
            "a|re: '1'",
            "a: 'a,b'",
            "a: [a, b]",
            "a|all: [a, b]",
            "a|exists: true",
            "a|neq: 1",
            "'|contains': '1'",
            "b: 1");

    assertThat(
            tests.map(
                test -> meaning(RULE.replace("{a: 1, b|contains: [u, v]}", "{" + test + "}"))))
        .doesNotHaveDuplicates();
  }

  @Test
  void takesFiltersIntoAccount() {
    RuleDocument rule = new RuleDocument("a.yml", RULE);
    RuleDocument filter =
        new RuleDocument(
            "f.yml", Rules.filterText("f", "[x]", "v").replace("product: test", "product: p"));
    RuleDocument other =
        new RuleDocument(
            "f.yml", Rules.filterText("f", "[x]", "w").replace("product: test", "product: p"));

    assertThat(
            Stream.of(List.of(rule), List.of(rule, filter), List.of(rule, other))
                .map(RuleMeaningTest::meaning))
        .doesNotHaveDuplicates();
  }

  private static String meaning(String rule) {
    return meaning(List.of(new RuleDocument("a.yml", rule)));
  }

  private static String meaning(List<RuleDocument> documents) {
    Content content = Content.read(documents);
    assertThat(content.issues()).isEmpty();
    assertThat(content.warnings()).isEmpty();
    return requireNonNull(RuleMeaning.hashesOf(content.rules()).get("x"));
  }
}
