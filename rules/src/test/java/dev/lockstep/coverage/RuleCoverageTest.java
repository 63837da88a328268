package dev.lockstep.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.sigma.Placeholders;
import dev.lockstep.sigma.WrittenPart;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class RuleCoverageTest {
  private static final String RULE =
      """
      title: One
      id: r1
      logsource: { product: test }
      detection:
        selection:
          Image|endswith: ['\\a.exe', '\\b.exe']
          User: root
        filter_main:
          Parent: c
        unused: { x: y }
        condition: selection and not 1 of filter_*
      """;

  @Test
  void everyIdentifierFieldAndValueIsAPartAndTheRuleIsOne() {
    CoveredDocument rule = seen(RULE).get(0);

    assertThat(rule.all().map(RuleCoverageTest::name))
        .containsExactly(
            "the whole",
            "selection",
            "selection Image|endswith",
            "selection Image|endswith '\\a.exe'",
            "selection Image|endswith '\\b.exe'",
            "selection User 'root'",
            "filter_main Parent 'c'");
    assertThat(rule.all().map(part -> part.position().line() + ":" + part.position().column()))
        .containsExactly("1:1", "5:3", "6:5", "6:22", "6:32", "7:11", "9:13");
    assertThat(rule.total()).isEqualTo(7);
    assertThat(rule.tested()).isFalse();
  }

  @Test
  void aPartIsExercisedByOneCaseWhereItIsTrueAndOneWhereItIsFalse() {
    CoveredDocument rule =
        seen(
                RULE,
                "{\"Image\":\"x\\\\a.exe\",\"User\":\"root\"}",
                "{\"Image\":\"x\\\\c.exe\",\"User\":\"root\"}")
            .get(0);

    assertThat(rule.tested()).isTrue();
    assertThat(rule.exercised()).isEqualTo(4);
    assertThat(rule.all().filter(part -> !part.exercised()).map(RuleCoverageTest::told))
        .containsExactly(
            "selection Image|endswith '\\b.exe' never true",
            "selection User 'root' never false",
            "filter_main Parent 'c' never true");
  }

  @Test
  void whatFollowsFromAPartIsNoGapOfItsOwn() {
    assertThat(gaps(seen(RULE, "{\"User\":\"root\"}")))
        .containsExactly(
            "the whole never true",
            "selection Image|endswith never true",
            "selection User 'root' never false",
            "filter_main Parent 'c' never true");
    assertThat(gaps(seen(RULE, "{}")))
        .containsExactly(
            "the whole never true", "selection never true", "filter_main Parent 'c' never true");
    assertThat(
            gaps(
                seen(
                    RULE,
                    "{\"Image\":\"x\\\\a.exe\",\"Parent\":\"c\"}",
                    "{\"Image\":\"x\\\\b.exe\",\"User\":\"root\"}")))
        .containsExactly("selection Image|endswith never false");
  }

  @Test
  void partsThatAreTrueOneByOneAreNotTheWholeOfThem() {
    assertThat(gaps(seen(RULE, "{\"User\":\"root\"}", "{\"Image\":\"x\\\\a.exe\"}")))
        .contains("selection never true")
        .doesNotContain("selection User 'root' never true");
  }

  @Test
  void eachMapOfAListAndEachKeywordIsAPart() {
    String rule =
        """
        title: Lists
        logsource: { product: test }
        detection:
          maps:
            - { a: 1, b: null }
            - { c|neq: 2 }
          keywords: [ x, 'y' ]
          alone: z
          condition: maps or keywords or alone
        """;

    List<CoveredDocument> seen = seen(rule, "{\"a\":1,\"k\":\"y\"}", "{\"c\":2}");
    assertThat(seen.get(0).all().map(RuleCoverageTest::name))
        .containsExactly(
            "the whole",
            "maps",
            "maps[1]",
            "maps[1] a '1'",
            "maps[1] b 'null'",
            "maps[2] c|neq '2'",
            "keywords",
            "keywords 'x'",
            "keywords 'y'",
            "alone 'z'");
    assertThat(gaps(seen))
        .containsExactly(
            "maps[1] b 'null' never false", "keywords 'x' never true", "alone 'z' never true");
  }

  @Test
  void valuesThatAModifierMakesOfOneAreOnePart() {
    String rule =
        """
        title: Dashes
        logsource: { product: test }
        detection:
          s: { CommandLine|windash|contains: ' -f ' }
          condition: s
        """;

    List<CoveredDocument> seen =
        seen(rule, "{\"CommandLine\":\"a /f b\"}", "{\"CommandLine\":\"a\"}");
    assertThat(seen.get(0).total()).isEqualTo(1);
    assertThat(gaps(seen)).isEmpty();
  }

  @Test
  void onlyEventsOfTheRulesCustomersCount() {
    String rule = RULE + "lockstep: { customers: { only: [acme] } }\n";

    assertThat(seen(rule, "{}").get(0).tested()).isFalse();
    RuleCoverage coverage = coverage(rule);
    coverage.of("r.yml", FieldMapping.NONE).sees("{}", "acme");
    assertThat(coverage.soFar().get(0).tested()).isTrue();
  }

  @Test
  void underAMappingFieldsAreWhereItSaysAndEventsOfOtherSourcesDoNotCount() {
    FieldMapping mapping =
        FieldMapping.parse(
                List.of(
                    new MappingDocument(
                        "m",
                        """
                        fields: { User: [user.name, user.id] }
                        logsources:
                          - logsource: { product: test }
                            when: { kind: t }
                        """)))
            .mapping();
    RuleCoverage coverage = coverage(RULE);
    EventWatch watch = coverage.of("r.yml", mapping);

    watch.sees("{\"User\":\"root\"}", "c");
    assertThat(coverage.soFar().get(0).tested()).isFalse();
    watch.sees("{\"kind\":\"t\",\"user\":{\"name\":\"x\",\"id\":\"root\"}}", "c");
    assertThat(gaps(coverage.soFar())).contains("selection User 'root' never false");
  }

  @Test
  void aFilterIsCoveredByTheEventsOfTheRulesThatItIsAddedTo() {
    String text =
        RULE
            + """
            ---
            title: Held
            id: f1
            logsource: { product: test }
            lockstep: { customers: { only: [acme] } }
            filter:
              rules: [r1]
              s: { Job: [backup, restore] }
              condition: not s
            ---
            title: Of nobody
            id: f2
            logsource: { product: test }
            filter:
              rules: [r2]
              s: { Job: backup }
              condition: not s
            """;
    RuleCoverage coverage = coverage(text);
    EventWatch watch = coverage.of("r.yml", FieldMapping.NONE);

    watch.sees("{\"Job\":\"restore\"}", "globex");
    assertThat(coverage.soFar().get(1).tested()).isFalse();
    watch.sees("{\"Job\":\"backup\"}", "acme");
    watch.sees("{}", "acme");

    assertThat(coverage.soFar())
        .extracting(CoveredDocument::id, CoveredDocument::filter)
        .containsExactly(tuple("r1", false), tuple("f1", true));
    assertThat(coverage.soFar().get(1).gaps().map(RuleCoverageTest::told))
        .containsExactly("s Job 'restore' never true");
  }

  @Test
  void theRuleAsAWholeIsTheRuleWithItsFilters() {
    String text =
        """
        title: One
        id: r1
        logsource: { product: test }
        detection: { s: { a: b }, condition: s }
        ---
        title: Held
        logsource: { product: test }
        filter: { rules: any, f: { Job: x }, condition: not f }
        """;

    assertThat(gaps(seen(text, "{\"a\":\"b\",\"Job\":\"x\"}", "{\"a\":\"c\"}")))
        .containsExactly("the whole never true");
  }

  @Test
  void severalTestFilesAddUp() {
    RuleCoverage coverage = coverage(RULE);
    coverage.of("r.yml", FieldMapping.NONE).sees("{\"Parent\":\"c\"}", "c");
    coverage.of("r.yml", FieldMapping.NONE).sees("{\"Parent\":\"d\"}", "c");

    assertThat(gaps(coverage.soFar())).noneMatch(gap -> gap.startsWith("filter_main"));
  }

  @Test
  void whatIsNoEventAndWhatIsNoRuleAreNotCounted() {
    assertThat(seen(RULE, "oops").get(0).tested()).isFalse();
    assertThat(seen("title: Broken")).isEmpty();
    assertThat(new Ratio(0, 0).percent()).isEqualTo(100);
    assertThat(new Ratio(9999, 10_000).percent()).isEqualTo(99.9);
    assertThat(new Ratio(2, 3).isAtLeast(66.6)).isTrue();
    assertThat(new Ratio(2, 3).isAtLeast(66.7)).isFalse();
  }

  private static List<CoveredDocument> seen(String text, String... events) {
    RuleCoverage coverage = coverage(text);
    EventWatch watch = coverage.of("r.yml", FieldMapping.NONE);
    for (String event : events) {
      watch.sees(event, "c");
    }
    return coverage.soFar();
  }

  private static RuleCoverage coverage(String text) {
    RuleCoverage coverage = new RuleCoverage(Placeholders.NONE);
    coverage.add("r.yml", text);
    return coverage;
  }

  private static List<String> gaps(List<CoveredDocument> seen) {
    return seen.get(0).gaps().map(RuleCoverageTest::told).collect(Collectors.toList());
  }

  private static String told(CoveredPart part) {
    return name(part)
        + (part.seenTrue() ? "" : " never true")
        + (part.seenTrue() && !part.seenFalse() ? " never false" : "");
  }

  private static String name(CoveredPart part) {
    WrittenPart written = part.written();
    if (written == null) {
      return "the whole";
    }
    return written.identifier()
        + (written.entry() == 0 ? "" : "[" + written.entry() + "]")
        + (written.field() == null ? "" : " " + written.field())
        + (written.value() == null ? "" : " '" + written.value() + "'");
  }
}
