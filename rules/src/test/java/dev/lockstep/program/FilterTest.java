package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.event.MalformedEventException;
import dev.lockstep.sigma.FilteredRules;
import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.ParsedDocuments;
import dev.lockstep.sigma.SigmaParser;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {
  private static final String RULE =
      """
      title: Rule
      id: r
      name: the_rule
      logsource: {product: windows, category: process_creation}
      detection:
        selection: {a: x}
        selection_2: {b: y}
        condition: 1 of selection*
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        // rules, log source of the filter ~ is it added?
        "r               ~ product: windows ~ true",
        "the_rule        ~ product: windows ~ true",
        "Rule            ~ product: windows ~ false",
        "[other, r]      ~ product: windows ~ true",
        "other           ~ product: windows ~ false",
        "any             ~ product: windows ~ true",
        "[]              ~ product: windows ~ true",
        "any             ~ 'product: windows, category: process_creation' ~ true",
        "any             ~ 'product: windows, service: sysmon' ~ false",
        "any             ~ product: linux ~ false",
        "r               ~ product: linux ~ false",
      })
  void isAddedToTheRulesThatItNamesWithinItsLogSource(
      String rules, String logsource, boolean added) {
    List<SigmaRule> filtered = filtered(filter("f", rules, logsource.replace("'", ""), ""));
    assertThat(filtered).hasSize(1);
    assertThat(filtered.get(0).filters()).isEqualTo(added ? List.of("f") : List.of());
    assertThat(judge(filtered, "acme", "{\"a\":\"x\",\"c\":\"z\"}")).hasSize(added ? 0 : 1);
  }

  @Test
  void isAnAndExactlyAsItIsWritten() {
    String includes =
        filter("f", "any", "product: windows", "").replace("not selection", "selection");
    List<SigmaRule> rules = filtered(includes);
    assertThat(judge(rules, "acme", "{\"a\":\"x\",\"c\":\"z\"}")).hasSize(1);
    assertThat(judge(rules, "acme", "{\"a\":\"x\"}")).isEmpty();
    assertThat(judge(rules, "acme", "{\"a\":\"x\",\"c\":\"z\"}").get(0).matchedFields())
        .containsOnlyKeys("a", "c");
  }

  @Test
  void isNeverCaughtByTheWildcardsOfTheRuleNorTheOtherWayRound() {
    // The filter's own selection_2 asks for another field than the rule's.
    String filter =
        filter("f", "any", "product: windows", "")
            .replace("condition: not selection", "selection_2: {d: w}\n  condition: not 1 of sel*");
    List<SigmaRule> rules = filtered(filter);
    assertThat(judge(rules, "acme", "{\"c\":\"z\"}")).isEmpty();
    assertThat(judge(rules, "acme", "{\"b\":\"y\"}")).hasSize(1);
    assertThat(judge(rules, "acme", "{\"b\":\"y\",\"d\":\"w\"}")).isEmpty();
  }

  @Test
  void addsUpWithOthersInTheirOrder() {
    String first = filter("f1", "any", "product: windows", "");
    String second = filter("f2", "r", "product: windows", "").replace("c: z", "c: q");
    List<SigmaRule> rules = filtered(first + "---\n" + second);
    assertThat(rules.get(0).filters()).containsExactly("f1", "f2");
    assertThat(judge(rules, "acme", "{\"a\":\"x\",\"c\":\"z\"}")).isEmpty();
    assertThat(judge(rules, "acme", "{\"a\":\"x\",\"c\":\"q\"}")).isEmpty();
    assertThat(judge(rules, "acme", "{\"a\":\"x\",\"c\":\"s\"}")).hasSize(1);
  }

  @Test
  void changesTheVersionOfTheRuleAndKeepsItsId() {
    SigmaRule plain = Rules.parse(RULE).get(0);
    SigmaRule filtered = filtered(filter("f", "any", "product: windows", "")).get(0);
    SigmaRule other =
        filtered(filter("f", "any", "product: windows", "").replace("c: z", "c: q")).get(0);
    assertThat(filtered.id()).isEqualTo(plain.id());
    assertThat(List.of(plain, filtered, other))
        .extracting(SigmaRule::contentHash)
        .doesNotHaveDuplicates();
  }

  @Test
  void countsForTheCustomersOfItsScopeOnly() {
    String text =
        filter("one", "any", "product: windows", "lockstep: {customers: {only: [acme]}}\n")
            + "---\n"
            + filter(
                    "two", "any", "product: windows", "lockstep: {customers: {except: [globex]}}\n")
                .replace("c: z", "c: q");
    List<SigmaRule> rules = filtered(text);
    for (String customer : List.of("acme", "globex", "initech")) {
      List<String> held = new ArrayList<>();
      for (String value : List.of("z", "q", "s")) {
        List<RuleMatch> matches =
            judge(rules, customer, "{\"a\":\"x\",\"c\":\"%s\"}".formatted(value));
        assertThat(matches).hasSizeLessThanOrEqualTo(1);
        if (matches.isEmpty()) {
          held.add(value);
        }
      }
      assertThat(held)
          .as(customer)
          .isEqualTo(
              switch (customer) {
                case "acme" -> List.of("z", "q");
                case "globex" -> List.of();
                default -> List.of("q");
              });
    }
    assertThat(rules).extracting(SigmaRule::id).containsExactly("r", "r", "r");
  }

  @Test
  void leavesTheCustomersOfTheRuleAsTheyAre() {
    ParsedDocuments parsed =
        SigmaParser.parse(
            "f.yml",
            RULE
                + "lockstep: {customers: {only: [acme, globex]}}\n---\n"
                + filter(
                    "f", "any", "product: windows", "lockstep: {customers: {except: [acme]}}"));
    List<SigmaRule> rules = FilteredRules.of(parsed.rules(), parsed.filters());
    assertThat(judge(rules, "acme", "{\"a\":\"x\",\"c\":\"z\"}")).hasSize(1);
    assertThat(judge(rules, "globex", "{\"a\":\"x\",\"c\":\"z\"}")).isEmpty();
    assertThat(judge(rules, "globex", "{\"a\":\"x\"}")).hasSize(1);
    assertThat(judge(rules, "initech", "{\"a\":\"x\"}")).isEmpty();
  }

  @Test
  void saysEverythingThatIsWrongWithIt() {
    assertThat(
            SigmaParser.parse(
                    "f.yml",
                    """
                    title: Filter
                    lockstep: {stage: shadow}
                    filter:
                      selection: {a|nonsense: x}
                      condition: other
                    ---
                    title: F2
                    logsource: {product: windows}
                    filter:
                      rules: [[r], '']
                      s: {a: x}
                      condition: not s
                    ---
                    logsource: {product: windows}
                    filter: x
                    """)
                .issues())
        .extracting(Issue::toString)
        .satisfies(
            issues ->
                assertThat(issues.get(1)).startsWith("f.yml:4:17: unknown modifier 'nonsense'"))
        .filteredOn(issue -> !issue.contains("nonsense"))
        .containsExactly(
            "f.yml:2:12: 'lockstep.stage' has no meaning in a filter",
            "f.yml:5:14: the search identifier 'other' is not defined; there is selection",
            "f.yml:4:3: the filter does not say which rules it is for; there is 'rules: any', or a"
                + " list of ids or names",
            "f.yml:1:1: the filter has no logsource",
            "f.yml:10:11: 'filter.rules' is text, this is a list",
            "f.yml:10:16: 'filter.rules' is empty",
            "f.yml:14:1: the filter has no title",
            "f.yml:15:9: 'filter' is a map, this is text");
  }

  private static String filter(String id, String rules, String logsource, String more) {
    return """
        title: Filter %1$s
        id: %1$s
        logsource: {%3$s}
        filter:
          rules: %2$s
          selection: {c: z}
          condition: not selection
        """
            .formatted(id, rules, logsource)
        + more;
  }

  private static List<SigmaRule> filtered(String filters) {
    ParsedDocuments parsed = SigmaParser.parse("f.yml", RULE + "---\n" + filters);
    assertThat(parsed.issues()).isEmpty();
    return FilteredRules.of(parsed.rules(), parsed.filters());
  }

  private static List<RuleMatch> judge(List<SigmaRule> rules, String customer, String json) {
    RuleProgram program = RuleProgram.compile(rules);
    try {
      return program.judge(json.getBytes(UTF_8), customer).matches();
    } catch (MalformedEventException e) {
      throw new AssertionError(e);
    }
  }
}
