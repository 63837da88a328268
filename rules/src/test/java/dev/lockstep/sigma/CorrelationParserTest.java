package dev.lockstep.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sigma.Bounds.Bound;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrelationParserTest {
  private static final String COUNT =
      """
      title: T
      id: t
      correlation:
        type: event_count
        rules: [a, b]
        group-by: [User]
        timespan: 5m
        condition: {gte: 10}
      """;

  /** The examples of the specification, and those of this engine's own types. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "type: event_count, rules: [a], condition: {gte: 100}" + " ~ EventCount[count=GTE 100]",
        "type: value_count, rules: [a], condition: {field: User, lt: 10}"
            + " ~ ValueCount[fields=[User], count=LT 10]",
        "type: value_count, rules: [a], condition: {field: [User, Host], eq: 3}"
            + " ~ ValueCount[fields=[User, Host], count=EQ 3]",
        "type: value_sum, rules: [a], condition: {field: bytes, gt: 1e9}"
            + " ~ ValueSum[field=bytes, sum=GT 1E+9]",
        "type: value_avg, rules: [a], condition: {field: bytes, lte: -0.5}"
            + " ~ ValueAverage[field=bytes, mean=LTE -0.5]",
        "type: value_percentile, rules: [a], condition: {field: ms, percentile: 95, neq: 1}"
            + " ~ ValuePercentile[field=ms, percentile=95, value=not EQ 1]",
        "type: value_percentile, rules: [a], condition: {field: ms, gt: 1}"
            + " ~ ValuePercentile[field=ms, percentile=50, value=GT 1]",
        "type: value_median, rules: [a], condition: {field: ms, gt: 1}"
            + " ~ ValuePercentile[field=ms, percentile=50, value=GT 1]",
        "type: value_count, rules: [a], exact-up-to: 500, condition: {field: User, gte: 2000}"
            + " ~ Estimated[question=ValueCount[fields=[User], count=GTE 2000], exactUpTo=500]",
        "type: value_median, rules: [a], exact-up-to: 1, condition: {field: ms, gt: 1}"
            + " ~ Estimated[question=ValuePercentile[field=ms, percentile=50, value=GT 1],"
            + " exactUpTo=1]",
        "type: temporal, rules: [a, b]"
            + " ~ Temporal[occurring=AllOf[parts=[Identifier[name=a], Identifier[name=b]]]]",
        "type: temporal, condition: a and not b"
            + " ~ Temporal[occurring=AllOf[parts=[Identifier[name=a],"
            + " Not[negated=Identifier[name=b]]]]]",
        "type: temporal, condition: a AND NOT b"
            + " ~ Temporal[occurring=AllOf[parts=[Identifier[name=a],"
            + " Not[negated=Identifier[name=b]]]]]",
        "type: temporal, rules: [a, b], condition: 1 of them"
            + " ~ Temporal[occurring=AnyOf[parts=[Identifier[name=a], Identifier[name=b]]]]",
        "type: temporal, rules: [a, b], condition: {gte: 2}" + " ~ DistinctRules[count=GTE 2]",
        "type: temporal_ordered, rules: [a, b] ~ TemporalOrdered[]",
        "type: temporal_ordered, condition: b and a ~ TemporalOrdered[]",
        "type: absence, rules: [a] ~ Absence[count=LT 1, forget=PT1H40M]",
        "type: absence, rules: [a], condition: {lte: 2}, forget: 7d"
            + " ~ Absence[count=LTE 2, forget=PT168H]",
        "type: spike, rules: [a], condition: {ratio: 3}"
            + " ~ Shift[up=true, ratio=3, leastCurrent=1, leastReference=1, windows=1,"
            + " field=Optional.empty]",
        "type: drop, rules: [a], windows: 6,"
            + " condition: {ratio: 1.5, min-current: 20, min-reference: 2, field: bytes}"
            + " ~ Shift[up=false, ratio=1.5, leastCurrent=20, leastReference=2, windows=6,"
            + " field=Optional[bytes]]",
        "type: new_term, rules: [a], condition: {field: IpAddress}"
            + " ~ NewTerm[fields=[IpAddress], learning=PT0S]",
        "type: new_term, rules: [a], condition: {field: [x, y]}, learning: 1w"
            + " ~ NewTerm[fields=[x, y], learning=PT168H]",
        "type: change, rules: [a], condition: {field: Country} ~ Change[fields=[Country]]",
        "type: ratio, rules: [a, b], condition: {part: a, of: b, gte: 20, min: 50}"
            + " ~ Ratio[part=a, of=b, percent=GTE 20, least=50]",
      })
  void readsEveryType(String keys, String question) {
    SigmaCorrelation correlation = read("title: T\ncorrelation: {timespan: 5m, " + keys + "}\n");
    assertThat(shortly(correlation.question())).isEqualTo(question);
    assertThat(correlation.timespan()).isEqualTo(Duration.ofMinutes(5));
  }

  /** Writes comparisons as {@code gte 10}. */
  private static String shortly(CorrelationQuestion question) {
    return question
        .toString()
        .replace("negated=true, ", "not ")
        .replaceAll(
            "Bounds\\[bounds=\\[Bound\\[comparison=(\\w+), (?:negated=false, )?(not )?number=([^]]+)]]]",
            "$2$1 $3");
  }

  @Test
  void readsADocumentWithAllThatItCanHave() {
    SigmaCorrelation correlation =
        read(
            """
            title: Many failed logons
            id: 929a690e-bef0-4204-a928-ef5e620d6fcc
            name: many_failed_logons
            level: high
            status: test
            tags: [attack.t1110]
            correlation:
              type: event_count
              rules: failed_logon
              group-by: who
              aliases: {who: {failed_logon: TargetUserName}}
              timespan: 1h
              generate: true
              condition: {gt: 100, lte: 200, neq: 150}
            lockstep:
              stage: shadow
              suppress: {by: who, for: 1h, max: 3, realert: exponential}
            """);
    assertThat(correlation.id()).isEqualTo("929a690e-bef0-4204-a928-ef5e620d6fcc");
    assertThat(correlation.isCalled("many_failed_logons")).isTrue();
    assertThat(correlation.level()).isEqualTo(RuleLevel.HIGH);
    assertThat(correlation.stage()).isEqualTo(RuleStage.SHADOW);
    assertThat(correlation.tags()).containsExactly("attack.t1110");
    assertThat(correlation.rules()).extracting(RuleReference::rule).containsExactly("failed_logon");
    assertThat(correlation.groupBy()).containsExactly("who");
    assertThat(correlation.aliases())
        .isEqualTo(Map.of("who", Map.of("failed_logon", "TargetUserName")));
    assertThat(correlation.generate()).isTrue();
    assertThat(correlation.question())
        .isEqualTo(
            new CorrelationQuestion.EventCount(
                new Bounds(
                    List.of(
                        new Bound(Comparison.GT, false, BigDecimal.valueOf(100)),
                        new Bound(Comparison.LTE, false, BigDecimal.valueOf(200)),
                        new Bound(Comparison.EQ, true, BigDecimal.valueOf(150))))));
    assertThat(Suppression.of(correlation.attributes()))
        .contains(new Suppression(List.of("who"), Duration.ofHours(1), 3, /* exponential= */ true));
  }

  @Test
  void takesGenerateAtTheTop() {
    assertThat(read(COUNT).generate()).isFalse();
    assertThat(read(COUNT.replace("id: t", "id: t\ngenerate: true")).generate()).isTrue();
    assertThat(
            read(COUNT
                    .replace("id: t", "id: t\ngenerate: true")
                    .replace("  type", "  generate: false\n  type"))
                .generate())
        .as("what stands with the correlation counts")
        .isFalse();
  }

  @Test
  void takesTheRulesFromTheExpression() {
    String id = "3f9b2c1e-6a57-4d0e-9d2b-6f2f1c9a7a10";
    SigmaCorrelation correlation =
        read(
            "title: T\ncorrelation:\n  type: temporal_ordered\n  timespan: 1h\n"
                + "  condition: %s and b AND a\n".formatted(id));
    assertThat(correlation.rules())
        .containsExactly(
            new RuleReference(id, new Position(5, 14)),
            new RuleReference("b", new Position(5, 14)),
            new RuleReference("a", new Position(5, 14)));
  }

  @ParameterizedTest
  @CsvSource({"1s, 1", "15m, 900", "24h, 86400", "400d, 34560000", "57w, 34473600"})
  void readsTimespans(String text, long seconds) {
    assertThat(read(COUNT.replace("5m", text)).timespan()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "event_count ~ event_counts ~ 4:9: 'event_counts' is no type of correlation; there is"
            + " absence, change, drop, event_count, new_term, ratio, spike, temporal,"
            + " temporal_ordered, value_avg, value_count, value_median, value_percentile, value_sum",
        "type: event_count ~ generate: true ~ 4:3: 'correlation' has no 'type'",
        "5m ~ 5 minutes ~ 7:13: 'correlation.timespan' is a whole number and s, m, h, d or w, such"
            + " as 15m, not '5 minutes'",
        "5m ~ 5M ~ 7:13: 'correlation.timespan' is a whole number and s, m, h, d or w, such as 15m,"
            + " not '5M'",
        "5m ~ 0s ~ 7:13: 'correlation.timespan' is from 1s to 400d",
        "5m ~ 401d ~ 7:13: 'correlation.timespan' is from 1s to 400d",
        "timespan: 5m ~ generate: true ~ 4:3: 'correlation' has no 'timespan'",
        "rules: [a, b] ~ generate: true ~ 4:3: 'correlation' has no 'rules'",
        "[a, b] ~ [] ~ 5:10: 'correlation.rules' has from 1 to 32 rules",
        "[a, b] ~ [a, a] ~ 5:14: the rule 'a' is named twice",
        "[a, b] ~ {a: b} ~ 5:10: 'correlation.rules' is text, this is a map",
        "group-by ~ groupby ~ 6:3: 'correlation.groupby' is unknown here; there is aliases,"
            + " condition, generate, group-by, rules, timespan, type",
        "[User] ~ [User, User] ~ 6:20: 'correlation.group-by' has 'User' twice",
        "[User] ~ [] ~ 6:13: 'correlation.group-by' has from 1 to 16 entries",
        "condition: {gte: 10} ~ generate: true ~ 4:3: 'correlation' has no 'condition'",
        "{gte: 10} ~ {} ~ 8:14: the condition compares with nothing; there is eq, gt, gte, lt, lte,"
            + " neq",
        "{gte: 10} ~ {gte: 1.5} ~ 8:14: 'correlation.condition.gte' is a whole number from 0 to"
            + " 1000000",
        "{gte: 10} ~ {gte: -1} ~ 8:14: 'correlation.condition.gte' is a whole number from 0 to"
            + " 1000000",
        "{gte: 10} ~ {lt: 1, gte: '10'} ~ 8:27: 'correlation.condition.gte' is a number of at most"
            + " 30 digits",
        "{gte: 10} ~ {lt: 1, ge: 10} ~ 8:22: 'correlation.condition.ge' is unknown here; there is"
            + " eq, gt, gte, lt, lte, neq",
        "{gte: 10} ~ {field: x, gte: 1} ~ 8:15: 'correlation.condition.field' is unknown here;"
            + " there is eq, gt, gte, lt, lte, neq",
        "{gte: 10} ~ a and b ~ 8:14: 'correlation.condition' is a map for this type, this is text",
        "event_count ~ value_count ~ 8:14: 'correlation.condition' has no 'field'",
        "event_count ~ value_sum ~ 8:14: 'correlation.condition' has no 'field'",
        "event_count ~ value_percentile ~ 8:14: 'correlation.condition' has no 'field'",
        "event_count ~ temporal_ordered ~ 8:14: 'temporal_ordered' needs all of its rules, and no"
            + " number of them",
        "event_count ~ absence ~ 8:15: 'correlation.condition.gte' is unknown here; there is lt,"
            + " lte",
        "id: t ~ generate: 1 ~ 2:11: 'document.generate' is true or false",
        "id: t ~ level: urgent ~ 2:8: 'urgent' is no level; there is informational, low, medium,"
            + " high, critical",
        "id: t ~ detection: {s: {a: 1}, condition: s} ~ 2:1: a document is a rule or a correlation:"
            + " put 'detection' into one of its own",
        "id: t ~ lockstep: {suppress: {by: [Host], for: 1h}} ~ 2:1: 'lockstep.suppress.by' of a"
            + " correlation has fields of 'group-by' only: User",
        "id: t ~ lockstep: {suppress: {by: User}} ~ 2:22: 'lockstep.suppress' has no 'for'",
        "id: t ~ lockstep: {suppress: {for: 1h, max: 0}} ~ 2:22: 'lockstep.suppress.max' is a whole"
            + " number from 1 to 1000",
        "id: t ~ lockstep: {suppress: {for: 1h, realert: linear}} ~ 2:22:"
            + " 'lockstep.suppress.realert' can be exponential",
        "id: t ~ lockstep: {suppress: {for: 1h, per: 1}} ~ 2:32: 'lockstep.suppress.per' is unknown"
            + " here; there is by, for, max, realert",
        "id: t ~ lockstep: {suppress: 1h} ~ 2:22: 'lockstep.suppress' is a map, this is text",
      })
  void saysWhatWouldBeRight(String part, String other, String issue) {
    assertThat(issues(COUNT.replace(part, other))).containsExactly("f.yml:" + issue);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "aliases: {Other: {a: f}} ~ 8:13: the alias 'Other' is not in 'group-by'",
        "aliases: {User: {c: f}} ~ 8:20: the alias is for the rule 'c', which is none of: a, b",
        "aliases: {User: f} ~ 8:19: an alias is a map of rules to fields, for each rule one",
        "aliases: [User] ~ 8:12: 'correlation.aliases' is a map of maps",
        "generate: yes ~ 8:13: 'correlation.generate' is true or false",
        "forget: 1h ~ 8:3: 'correlation.forget' is unknown here; there is aliases, condition,"
            + " generate, group-by, rules, timespan, type",
      })
  void saysWhatWouldBeRightInAnotherKey(String key, String issue) {
    assertThat(issues(COUNT.replace("  condition", "  " + key + "\n  condition")))
        .containsExactly("f.yml:" + issue);
  }

  /** All keys are in line 2; the map begins in column 15. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "type: temporal, rules: [a, b], condition: a and c ~ 52: the rules of the list and of the"
            + " condition are not the same: b, c",
        "type: temporal, rules: [a, b], condition: a and (b ~ 79: expected ')', but the condition"
            + " ends",
        "type: temporal ~ 14: 'correlation' has no 'rules'",
        "type: temporal, condition: 1 of them ~ 14: 'correlation' has no 'rules'",
        "type: temporal_ordered, condition: a or b ~ 64: rules in an order can only be combined by"
            + " 'and'; for 'or' and 'not' there is the type temporal",
        "type: absence, rules: a, forget: 5m ~ 14: 'correlation.forget' is longer than the"
            + " timespan",
        "type: absence, rules: a, condition: {lt: 0} ~ 14: an absence is of at least one event:"
            + " 'lt' is at least 1",
        "type: spike, rules: a, condition: {field: a} ~ 63: 'correlation.condition' has no"
            + " 'ratio'",
        "type: drop, rules: a, condition: {ratio: 0.5} ~ 62: 'correlation.condition.ratio' is at"
            + " least 1",
        "type: value_median, rules: a, exact-up-to: 0, condition: {field: x, gt: 1} ~ 14:"
            + " 'correlation.exact-up-to' is a whole number from 1 to 1000000",
        "type: value_sum, rules: a, exact-up-to: 9, condition: {field: x, gt: 1} ~ 56:"
            + " 'correlation.exact-up-to' is unknown here; there is aliases, condition, generate,"
            + " group-by, rules, timespan, type",
        "type: spike, rules: a, windows: 0, condition: {ratio: 2} ~ 14: 'correlation.windows' is a"
            + " whole number from 1 to 100",
        "type: change, rules: a, learning: 7d, condition: {field: a} ~ 53: 'correlation.learning'"
            + " is unknown here; there is aliases, condition, generate, group-by, rules, timespan,"
            + " type",
        "type: new_term, rules: a, condition: {field: [a, a]} ~ 78: 'correlation.condition.field'"
            + " has 'a' twice",
        "type: ratio, rules: [a, b], condition: {part: a, of: c, gte: 20} ~ 68:"
            + " 'correlation.condition.of' is 'c', which is none of the rules: a, b",
        "type: value_percentile, rules: a, condition: {field: a, percentile: 101, gt: 1} ~ 74:"
            + " 'correlation.condition.percentile' is from 0 to 100",
        "type: value_sum, rules: a, condition: {field: [a], gt: 1} ~ 75:"
            + " 'correlation.condition.field' is text, this is a list",
        "type: event_count, rules: a, condition: 10 ~ 69: 'correlation.condition' is a map for"
            + " this type, this is a number",
      })
  void saysWhatWouldBeRightForAType(String keys, String issue) {
    assertThat(issues("title: T\ncorrelation: {timespan: 5m, " + keys + "}\n"))
        .contains("f.yml:2:" + issue);
  }

  @Test
  void refusesMoreRulesThanCanBeToldApart() {
    String names =
        IntStream.range(0, 33).mapToObj(i -> "r" + i).collect(Collectors.joining(" or "));
    assertThat(
            issues(
                "title: T\ncorrelation: {timespan: 5m, type: temporal, condition: " + names + "}"))
        .containsExactly("f.yml:2:56: 'correlation.rules' has from 1 to 32 rules");
  }

  @Test
  void refusesACorrelationThatIsNoMap() {
    assertThat(issues("title: T\ncorrelation: x\n"))
        .containsExactly("f.yml:2:14: 'correlation' is a map, this is text");
  }

  @Test
  void refusesTheIdOfARule() {
    String rule =
        "title: R\nid: t\nlogsource: {product: x}\ndetection: {s: {a: 1}, condition: s}\n---\n";
    assertThat(issues(rule + COUNT))
        .containsExactly("f.yml:6:1: the correlation 't' is there already, in line 1");
  }

  private static SigmaCorrelation read(String text) {
    ParsedDocuments parsed = SigmaParser.parse("f.yml", text);
    assertThat(parsed.issues()).isEmpty();
    return parsed.correlations().get(0);
  }

  private static List<String> issues(String text) {
    return SigmaParser.parse("f.yml", text).issues().stream().map(Issue::toString).toList();
  }
}
