package dev.lockstep.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParseIssuesTest {

  private static final String RULE =
      "title: t\nlogsource: {product: x}\ndetection: {s: {a: 1}, condition: s}\n";

  private static List<String> issues(String text) {
    return SigmaParser.parse("f.yml", text).issues().stream().map(Issue::toString).toList();
  }

  /** The item stands in line 5, its key in column 5. */
  private static List<String> issuesOfItem(String item) {
    return issues(
        """
        title: t
        logsource: {product: test}
        detection:
          s:
            %s
          condition: s
        """
            .formatted(item));
  }

  @Test
  void saysWhichBudgetsThereAre() {
    String rule =
        """
        title: t
        logsource: {product: windows}
        detection: {sel: {a: b}, condition: sel}
        lockstep:
          suppress: {by: [User], for: 15m}
          budget: {share: 0.1, matches_per_minute: 0, beyond: drop}
        """;
    assertThat(SigmaParser.parse("f.yml", rule).issues())
        .extracting(Issue::toString)
        .containsExactly(
            "f.yml:6:12: 'lockstep.budget.share' is unknown; there is matches_per_minute, beyond",
            "f.yml:6:44: 'lockstep.budget.matches_per_minute' is a whole number from 1 to 1000000",
            "f.yml:6:55: 'lockstep.budget.beyond' is either 'cap' or 'quarantine'");
  }

  @Test
  void reportsEverythingThatIsWrongWithAFileAtOnce() {
    assertThat(
            issues(
                """
                title: ''
                level: urgent
                status: done
                tags: attack
                detection:
                  sel:
                    Image|endswit: x
                    Port|gt: '5'
                  condition: sel and other
                lockstep:
                  stage: dark
                  customer: acme
                ---
                - not a map
                ---
                title: Count
                correlation: {type: event_count}
                ---
                title: Filter
                filter: {rules: any}
                ---
                action: global
                """))
        .containsExactly(
            "f.yml:1:8: 'title' is empty",
            "f.yml:11:10: 'dark' is no stage; there is live, shadow",
            "f.yml:12:3: 'lockstep.customer' is unknown; there is stage, customers, budget, suppress",
            "f.yml:7:11: unknown modifier 'endswit'; there is " + Modifier.terms(),
            "f.yml:8:14: 'gt' takes a number without quotes, this is text",
            "f.yml:9:22: the search identifier 'other' is not defined; there is sel",
            "f.yml:2:8: 'urgent' is no level; there is informational, low, medium, high, critical",
            "f.yml:3:9: 'done' is no status; there is stable, test, experimental, deprecated,"
                + " unsupported",
            "f.yml:4:7: 'tags' is a list, this is text",
            "f.yml:1:1: the rule has no logsource",
            "f.yml:14:1: a Sigma document is a map, this is a list",
            "f.yml:17:14: 'correlation' has no 'rules'",
            "f.yml:17:14: 'correlation' has no 'timespan'",
            "f.yml:20:1: the filter has no search identifier",
            "f.yml:20:1: the filter has no condition",
            "f.yml:19:1: the filter has no logsource",
            "f.yml:22:1: the collection 'action: global' of Sigma 1 is not supported; write each rule out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "a|base64|expand: '%x%' ~ 5:5: 'expand' must come before 'base64'",
        "a|fieldref|expand: '%x%' ~ 5:5: 'fieldref' cannot be combined with 'expand'",
        "a|gt|expand: '%x%' ~ 5:5: 'gt' cannot be combined with 'expand'",
        "a|hour: '3' ~ 5:13: 'hour' takes a number without quotes, this is text",
        "a|hour: 24 ~ 5:13: 'hour' takes a whole number from 0 to 23, this is 24",
        "a|minute|gt: 1.5 ~ 5:18: 'minute' takes a whole number from 0 to 59, this is 1.5",
        "a|week: 0 ~ 5:13: 'week' takes a whole number from 1 to 53, this is 0",
        "a|gte|hour: 3 ~ 5:5: 'hour' must come before 'gte': 'hour|gte'",
        "a|hour|gte|lt: 3 ~ 5:5: 'gte' and 'lt' exclude each other",
        "a|hour|day: 3 ~ 5:5: 'hour' and 'day' exclude each other",
        "a|hour|contains: 3 ~ 5:5: 'hour' cannot be combined with 'contains'",
        "`'|hour': 3` ~ 5:5: the modifier 'hour' needs a field",
        "a|exists|gt: 3 ~ 5:5: 'exists' cannot be combined with 'gt'",
        "a|re|cidr: x ~ 5:5: 're' and 'cidr' exclude each other",
        "a|contains|: x ~ 5:16: unknown modifier ''; there is contains, startswith, endswith, all, neq",
        "a|i: x ~ 5:5: the modifier 'i' needs 're' before it",
        "a|contains|re: x ~ 5:5: the modifier 're' must come first",
        "a|re|base64: x ~ 5:5: 're' cannot be combined with 'base64'",
        "a|exists|contains: true ~ 5:5: 'exists' cannot be combined with 'contains'",
        "a|exists: 'true' ~ 5:15: 'exists' takes true or false, this is text",
        "a|gt|lt: 1 ~ 5:5: 'gt' and 'lt' exclude each other",
        "a|lte: x ~ 5:12: 'lte' takes a number without quotes, this is text",
        "a|contains|startswith: x ~ 5:5: 'contains' and 'startswith' exclude each other",
        "`'|exists': true` ~ 5:5: the modifier 'exists' needs a field",
        "a|contains: null ~ 5:17: null goes with no modifier but 'neq'; write '' for the empty text",
        "a|base64: 'x*' ~ 5:15: 'base64' takes text without wildcards",
        "a|contains|base64: x ~ 5:5: 'base64' must come before 'contains'",
        "a|cidr: 10.0.0.1/8 ~ 5:13: '10.0.0.1/8' has bits behind its prefix; the network is"
            + " 10.0.0.0/8",
        "a|cidr: 10.0.0.1 ~ 5:13: '10.0.0.1' is not a network such as 10.0.0.0/8",
        "a|cidr: 1-9.0.0.0/8 ~ 5:13: '1-9.0.0.0/8' is not a network",
        "a|cidr: x ~ 5:13: 'x' is not a network",
        "a|re: '(?=x)' ~ 5:11: this is not a regular expression of RE2",
        "a|re: '(x' ~ 5:11: this is not a regular expression of RE2",
        "a|re: '((x{1000}){1000}){1000}' ~ 5:11: the counted repetitions multiply to more than",
        "a: [] ~ 5:8: the list of values is empty; give at least one value, or null",
        "a: {b: 1} ~ 5:8: a value must be a scalar, this is a map; write nested fields with a dot:"
            + " 'a.b'",
        "a: [[1]] ~ 5:9: a value must be a scalar, this is a list",
        "`{}` ~ 5:5: an empty map matches nothing; name at least one field",
        "`[]` ~ 5:5: an empty list matches nothing; give at least one entry",
        "`[[x]]` ~ 5:6: a list inside a list is not Sigma",
        "`[null]` ~ 5:6: a keyword must be text, this is null",
        "a: !weird x ~ 5:8: the tag !weird has no meaning in a rule",
      })
  void pointsToAnItemThatMakesNoSense(String item, String issue) {
    assertThat(issuesOfItem(item)).hasSize(1).first().asString().startsWith("f.yml:" + issue);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{x: 1}      ~ f.yml:5:14: a condition is text or a list of texts, this is a map",
        "[]          ~ f.yml:5:14: a condition is text or a list of texts, this is an empty list",
        "[s, [s]]    ~ f.yml:5:18: a condition is text, this is a list",
        "[s, x]      ~ f.yml:5:18: the search identifier 'x' is not defined; there is s",
      })
  void saysWhatIsNoCondition(String condition, String issue) {
    String start = "title: t\nlogsource: {product: x}\ndetection:\n  s: {a: 1}\n  condition: ";
    assertThat(issues(start + condition)).containsExactly(issue);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "x ~ 11: 'lockstep' is a map, this is text",
        "{customers: [acme]} ~ 23: 'lockstep.customers' has either 'only' or 'except', and a list"
            + " below",
        "{customers: {only: [a], except: [b]}} ~ 23: 'lockstep.customers' has either 'only' or"
            + " 'except', and a list below",
        "{customers: {but: [a]}} ~ 24: 'lockstep.customers.but' is unknown; there is only, except",
        "{customers: {only: a}} ~ 30: 'lockstep.customers.only' is a list, this is text",
        "{customers: {only: [a, '']}} ~ 34: an entry of 'lockstep.customers.only' is empty",
      })
  void saysWhatItDoesNotUnderstandOfItsOwnAttribute(String value, String issue) {
    assertThat(issues(RULE + "lockstep: " + value + "\n")).containsExactly("f.yml:4:" + issue);
  }

  @Test
  void refusesWhatYamlHasButRulesHaveNot() {
    assertThat(issuesOfItem("<<: x"))
        .containsExactly("f.yml:5:5: YAML 1.2 has no merge key '<<'; repeat the members instead");
    assertThat(issuesOfItem("? [a]\n    : x"))
        .contains("f.yml:5:7: a key must be text, this is a list");
    assertThat(issuesOfItem("a: !!map {b: c}")).hasSize(1);
    assertThat(issuesOfItem("a: !what [b]"))
        .containsExactly("f.yml:5:8: the tag !what has no meaning in a rule");
    assertThat(issuesOfItem("a: !!seq [b]")).isEmpty();
    assertThat(issues(RULE + "related: x\n"))
        .containsExactly("f.yml:4:10: 'related' is a list, this is text");
  }

  @Test
  void refusesTheTimeframesOfSigma1() {
    assertThat(issues(RULE.replace("condition: s", "timeframe: 5m, condition: s")))
        .containsExactly("f.yml:3:24: 'timeframe' is no longer Sigma; write a correlation rule");
  }

  @Test
  void refusesAKeyThatComesTwice() {
    assertThat(issuesOfItem("a: x\n    b: y\n    a: z"))
        .containsExactly("f.yml:7:5: the key 'a' is there already, in line 5");
  }

  @Test
  void refusesARuleThatComesTwice() {
    String rule = "title: t\nlogsource: {product: x}\ndetection: {s: {a: 1}, condition: s}\n";
    assertThat(issues(rule + "---\n" + rule))
        .containsExactly("f.yml:5:1: the rule 't' is there already, in line 1");
  }

  @Test
  void namesWhatIsMissing() {
    assertThat(issues("title: t\nlogsource: {product: x}\n"))
        .containsExactly("f.yml:1:1: the rule has no detection");
    assertThat(issues("title: t\nlogsource: {product: x}\ndetection:\n  s: {a: 1}\n"))
        .containsExactly("f.yml:3:1: the detection has no condition");
    assertThat(issues("title: t\nlogsource: {product: x}\ndetection:\n  condition: s\n"))
        .containsExactly(
            "f.yml:3:1: the detection has no search identifier",
            "f.yml:4:14: the search identifier 's' is not defined; there is none");
    assertThat(issues("")).containsExactly("f.yml:1:1: there is no document in this file");
    assertThat(issues("logsource: {product: x}\ndetection: {s: {a: 1}, condition: s}"))
        .containsExactly("f.yml:1:1: the rule has no title");
  }

  @Test
  void pointsIntoQuotedConditionsAndAtTheStartOfFoldedOnes() {
    String start = "title: t\nlogsource: {product: x}\ndetection:\n  s: {a: 1}\n  condition: ";
    assertThat(issues(start + "'s and x'"))
        .containsExactly("f.yml:5:21: the search identifier 'x' is not defined; there is s");
    assertThat(issues(start + ">\n    s and x"))
        .containsExactly("f.yml:5:14: the search identifier 'x' is not defined; there is s");
  }

  @Test
  void pointsToWhereYamlBreaks() {
    assertThat(issues("title: [a\nlevel: high\n"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("f.yml:2:");
    assertThat(issues("title: t\n  bad: x\n")).hasSize(1).first().asString().startsWith("f.yml:2:");
    assertThat(issues("title: a\u0001b"))
        .containsExactly("f.yml:1:9: the character U+0001 is not allowed in YAML");
    assertThat(issues("title: a\nlevel: \u0001"))
        .containsExactly("f.yml:2:8: the character U+0001 is not allowed in YAML");
    assertThat(issues("a: *b"))
        .containsExactly("f.yml:1:4: the alias *b has no finished anchor before it");
  }

  @Test
  void boundsWhatAFileMayAskFor() {
    assertThat(issues("a: " + "[".repeat(100_000)))
        .hasSize(1)
        .first()
        .asString()
        .contains("deeper than 64");
    StringBuilder laughs = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 30; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(issues(laughs.toString()))
        .hasSize(1)
        .first()
        .asString()
        .contains("more than 200000 values");
    assertThat(issues("a: " + "x".repeat(5_000_000)))
        .hasSize(1)
        .first()
        .asString()
        .contains("at most");
  }

  @Test
  void keepsTheFirstHundredIssuesOfAFileAndCountsTheRest() {
    assertThat(issues("- no map\n---\n".repeat(100))).hasSize(100);
    assertThat(issues("- no map\n---\n".repeat(101)))
        .hasSize(101)
        .endsWith("f.yml:201:1: and 1 more issue");
    assertThat(issues("- no map\n---\n".repeat(250)))
        .hasSize(101)
        .startsWith("f.yml:1:1: a Sigma document is a map, this is a list")
        .endsWith("f.yml:201:1: and 150 more issues");
  }

  @Test
  void cutsALongMessageBetweenCharacters() {
    String rule = RULE + "level: '%s'\n";
    assertThat(SigmaParser.parse("f.yml", rule.formatted("x".repeat(10_000))).issues())
        .singleElement()
        .extracting(Issue::message)
        .isEqualTo("'" + "x".repeat(499) + "…");
    assertThat(SigmaParser.parse("f.yml", rule.formatted("x".repeat(498) + "😀 and more")).issues())
        .singleElement()
        .extracting(Issue::message)
        .isEqualTo("'" + "x".repeat(498) + "…");
  }

  @Test
  void boundsWhatARuleIsCalled() {
    for (String member : List.of("id", "name")) {
      assertThat(issues(RULE + member + ": " + "x".repeat(256) + "\n")).isEmpty();
      assertThat(issues(RULE + member + ": " + "x".repeat(257) + "\n"))
          .singleElement()
          .asString()
          .endsWith(": the " + member + " has 257 characters, at most 256 are allowed");
    }
    assertThat(issues(RULE.replace("title: t", "title: " + "x".repeat(257))))
        .containsExactly("f.yml:1:8: the title has 257 characters, at most 256 are allowed");
  }

  @Test
  void boundsTheTagsOfARule() {
    assertThat(issues(RULE + "tags:\n" + "- a.x\n".repeat(64))).isEmpty();
    assertThat(issues(RULE + "tags:\n" + "- a.x\n".repeat(65)))
        .containsExactly("f.yml:5:1: the rule has 65 tags, at most 64 are allowed");
    assertThat(issues(RULE + "tags: [a." + "x".repeat(126) + "]\n")).isEmpty();
    assertThat(issues(RULE + "tags: [a.y, a." + "x".repeat(127) + "]\n"))
        .containsExactly("f.yml:4:13: the tag has 129 characters, at most 128 are allowed");
  }

  @Test
  void boundsTheValuesOfADocumentAliasesCounted() {
    String tooMany = "the document has more than 200000 values, aliases counted";
    // An alias is as many values as what it stands for: the list and its 999 items.
    String aliased = "a: &a [" + "x, ".repeat(999) + "]\nb: [" + "*a, ".repeat(198) + "]\n";

    assertThat(YamlReader.read("- x\n".repeat(200_000), new Issues("f.yml"))).hasSize(1);
    assertThat(issues("- x\n".repeat(200_001))).containsExactly("f.yml:200001:3: " + tooMany);
    assertThat(YamlReader.read(aliased, new Issues("f.yml"))).hasSize(1);
    assertThat(issues(aliased + "c: *a\n")).containsExactly("f.yml:1:4: " + tooMany);
  }

  @Test
  void boundsTheDocumentsOfAFile() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      text.append(RULE.replace("title: t", "title: t" + i)).append("---\n");
    }
    assertThat(issues(text.toString())).isEmpty();
    assertThat(issues(text + RULE))
        .containsExactly("f.yml:4001:1: the file has more than 1000 documents");
  }

  @Test
  void checksWhatDescribesARule() {
    assertThat(
            issues(
                RULE
                    + """
                    author: [x]
                    references: https://example.org
                    falsepositives:
                    fields: [a, [b]]
                    scope: [server]
                    date: 2026/01/31
                    modified: 2026-02-30
                    taxonomy: splunk
                    license: ''
                    related:
                      - {id: x, type: similar}
                      - {id: x, type: cousin}
                      - {type: derived}
                      - x
                    tags: [attack.t1059, Attack.T1059, execution]
                    """))
        .containsExactly(
            "f.yml:4:9: 'author' is text, this is a list",
            "f.yml:12:10: 'license' is empty",
            "f.yml:5:13: 'references' is a list, this is text",
            "f.yml:7:13: an entry of 'fields' is text, this is a list",
            "f.yml:9:7: '2026/01/31' is no date such as 2026-01-31",
            "f.yml:10:11: '2026-02-30' is no date such as 2026-01-31",
            "f.yml:11:11: the taxonomy 'splunk' is not known here; there is sigma",
            "f.yml:15:19: 'cousin' is no type of relation; there is derived, obsolete, merged,"
                + " renamed, similar",
            "f.yml:16:5: an entry of 'related' has no 'id'",
            "f.yml:17:5: an entry of 'related' is a map, this is text",
            "f.yml:18:22: 'Attack.T1059' is no tag such as attack.t1059: a namespace, a dot and a"
                + " name, in lower case",
            "f.yml:18:36: 'execution' is no tag such as attack.t1059: a namespace, a dot and a"
                + " name, in lower case");
  }

  @Test
  void demandsThatALogSourceCanBeToldApart() {
    assertThat(issues(RULE.replace("{product: x}", "")))
        .containsExactly(
            "f.yml:2:11: 'logsource' is a map of category, product or service, this is null");
    assertThat(issues(RULE.replace("{product: x}", "{definition: y}")))
        .containsExactly(
            "f.yml:2:12: the logsource has neither a category nor a product nor a service");
    assertThat(issues(RULE.replace("{product: x}", "{product: x, definition: y, vendor: z}")))
        .isEmpty();
    String filter =
        """
        title: t
        logsource: {product: x, vendor: z}
        filter: {rules: any, s: {a: 1}, condition: s}
        """;
    assertThat(issues(filter))
        .containsExactly(
            "f.yml:2:25: log sources are not told apart by 'vendor', but by category, product,"
                + " service");
  }

  @Test
  void takesRulesAndFiltersInOneFileAndRefusesTheCollectionsOfSigma1() {
    String filter =
        "title: t\nlogsource: {product: x}\nfilter: {rules: t, s: {a: 1}, condition: s}\n";
    ParsedDocuments parsed = SigmaParser.parse("f.yml", RULE + "---\n" + filter);
    assertThat(parsed.issues()).isEmpty();
    assertThat(parsed.rules()).hasSize(1);
    assertThat(parsed.filters()).hasSize(1);
    for (String action : List.of("global", "reset", "repeat")) {
      assertThat(issues("action: " + action + "\n---\n" + RULE))
          .containsExactly(
              "f.yml:1:1: the collection 'action: "
                  + action
                  + "' of Sigma 1 is not supported; write each rule out");
    }
  }

  @Tag("slow")
  @Test
  void boundsTheValuesOfARule() {
    assertThat(issuesOfItem("a: [" + "x, ".repeat(49_999) + "x]")).isEmpty();
    assertThat(issuesOfItem("a: [" + "x, ".repeat(50_000) + "x]"))
        .singleElement()
        .asString()
        .endsWith(
            ": the document comes to 50001 tests, with all that placeholders and encodings make of"
                + " a value; at most 50000 are allowed, so split it");
    String half = "x".repeat(1_000_000);
    assertThat(issuesOfItem("a: [%s, %s]".formatted(half, half))).isEmpty();
    assertThat(issuesOfItem("a: [%s, %s, y]".formatted(half, half)))
        .singleElement()
        .asString()
        .contains("the document comes to 2000001 characters");
  }

  @Test
  void boundsWhatEncodingsMakeOfAValueBeforeItIsMade() {
    assertThat(issuesOfItem("a" + "|base64offset".repeat(40) + ": some text"))
        .singleElement()
        .asString()
        .contains("the document comes to 59049 tests");
    assertThat(issuesOfItem("a" + "|wide".repeat(150) + "|base64: x"))
        .singleElement()
        .asString()
        .contains("the document comes to 2097152 characters");
  }

  @Test
  void boundsTheExpressionsOfARuleTogether() {
    String large = "'(x{100}){90}'";
    assertThat(issuesOfItem("a|re: [%s, %s]".formatted(large, large))).isEmpty();
    assertThat(issuesOfItem("a|re: [%s, %s, %s]".formatted(large, large, large)))
        .singleElement()
        .asString()
        .contains("characters of regular expressions, with counts written out");
    assertThat(issuesOfItem("a|re: '" + "\\pL".repeat(90) + "'")).isEmpty();
    assertThat(issuesOfItem("a|re: '[" + "\\P{Lu}".repeat(100) + "]'"))
        .singleElement()
        .asString()
        .contains("the counted repetitions multiply to more than 10000 characters");
  }

  @Test
  void boundsTheConditionsOfARule() {
    String rule = "title: t\nlogsource: {product: x}\ndetection:\n  s: {a: 1}\n  condition: s%s\n";
    assertThat(issues(rule.formatted(" or 1 of s*".repeat(5_000)))).isEmpty();
    assertThat(issues(rule.formatted(" or 1 of s*".repeat(50_000))))
        .singleElement()
        .asString()
        .contains(
            "the document comes to 600001 characters of conditions, and identifiers that patterns"
                + " look at; at most 100000 are allowed");
  }

  @Test
  void takesAnEmptyMemberForOneThatIsNotThere() {
    assertThat(issues(RULE.replace("product: x", "product: x, category: ~"))).isEmpty();
    assertThat(issues(RULE.replace("product: x", "product: ~")))
        .containsExactly(
            "f.yml:2:12: the logsource has neither a category nor a product nor a service");
    assertThat(issues(RULE + "tags: ~\n")).isEmpty();
  }

  @Test
  void readsDatesOfTheCalendar() {
    assertThat(issues(RULE + "date: 2026-01-31\n")).isEmpty();
    assertThat(issues(RULE + "date: 2026-02-30\n"))
        .containsExactly("f.yml:4:7: '2026-02-30' is no date such as 2026-01-31");
    assertThat(issues(RULE + "date: 0000-01-31\n"))
        .containsExactly("f.yml:4:7: '0000-01-31' is no date such as 2026-01-31");
  }

  @Test
  void looksAtTheAttributesOfAFilterAndAtItsIdAsOfARule() {
    String filter =
        """
        title: f
        id: f
        date: %s
        logsource: {product: x}
        filter: {rules: [t], s: {a: 1}, condition: not s}
        """;

    assertThat(issues(filter.formatted("today")))
        .containsExactly("f.yml:3:7: 'today' is no date such as 2026-01-31");
    assertThat(issues(filter.formatted("2026-01-31") + "---\n" + filter.formatted("2026-01-31")))
        .containsExactly("f.yml:7:1: the filter 'f' is there already, in line 1");
  }
}
