package dev.lockstep.mapping;

import static dev.lockstep.mapping.Mapped.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sigma.SigmaParser;
import dev.lockstep.sigma.SigmaRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldMappingTest {
  private static final String ANY = "{product: p}";

  @Test
  void leavesRulesAsTheyAreWithoutAMapping() {
    List<SigmaRule> rules = List.of(rule("{product: p}", "{a: 1}"));
    assertThat(FieldMapping.NONE.apply(rules)).isEqualTo(rules);
    assertThat(FieldMapping.NONE.uncovered(rules)).isEmpty();
  }

  @Test
  void looksForFieldsWhereTheyLie() {
    Mapped mapped = Mapped.by("fields: {Image: process.executable}");
    SigmaRule rule = rule(ANY, "{Image|endswith: \\cmd.exe}");
    assertThat(mapped.matches(rule, "{\"process\":{\"executable\":\"C:\\\\cmd.exe\"}}")).isTrue();
    assertThat(mapped.matches(rule, "{\"Image\":\"C:\\\\cmd.exe\"}")).isFalse();
  }

  @Test
  void looksForAllOtherFieldsAtTheDefaultPlace() {
    Mapped mapped = Mapped.by("fields: {a: x}\ndefault: data.{field}");
    SigmaRule rule = rule(ANY, "{a: 1, b: 2}");
    assertThat(mapped.matches(rule, "{\"x\":1,\"data\":{\"b\":2}}")).isTrue();
    assertThat(mapped.matches(rule, "{\"x\":1,\"b\":2}")).isFalse();
  }

  /** The places {@code x} and {@code y}, and what stands there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{f: v}              ; {}                    ; false",
        "{f: v}              ; {\"x\":\"v\"}         ; true",
        "{f: v}              ; {\"y\":\"v\"}         ; true",
        "{f: v}              ; {\"x\":\"o\",\"y\":\"v\"} ; true",
        "{f|neq: v}          ; {}                    ; true",
        "{f|neq: v}          ; {\"x\":\"o\",\"y\":\"v\"} ; false",
        "{f: null}           ; {}                    ; true",
        "{f: null}           ; {\"x\":null}          ; true",
        "{f: null}           ; {\"y\":\"v\"}         ; false",
        "{f: [null, v]}      ; {\"y\":\"v\"}         ; true",
        "{f|exists: true}    ; {\"y\":null}          ; true",
        "{f|exists: true}    ; {}                    ; false",
        "{f|exists: false}   ; {\"y\":null}          ; false",
        "{f|exists: false}   ; {}                    ; true",
        "{f|contains|all: [a, b]} ; {\"x\":\"a\",\"y\":\"b\"} ; true",
        "{f|contains|all: [a, b]} ; {\"x\":\"a\"}    ; false",
        "{g|fieldref: f}     ; {\"g\":\"v\",\"y\":\"v\"} ; true",
        "{g|fieldref: f}     ; {\"g\":\"v\",\"f\":\"v\"} ; false",
        "{f|fieldref: g}     ; {\"g\":\"v\",\"x\":\"v\"} ; true",
        "{f|fieldref: f}     ; {\"x\":\"v\"}         ; true",
      })
  void aFieldOfSeveralPlacesHasTheValuesOfAll(String search, String event, boolean expected) {
    Mapped mapped = Mapped.by("fields: {f: [x, y]}");
    assertThat(mapped.matches(rule(ANY, search), event)).isEqualTo(expected);
  }

  @Test
  void keywordsSearchTheWholeEventOfTheRightSource() {
    Mapped mapped =
        Mapped.by("logsources: [{logsource: {product: p}, when: {kind: k}}]\ndefault: d.{field}");
    SigmaRule rule = rule(ANY, "[needle]");
    assertThat(mapped.matches(rule, "{\"d\":{\"kind\":\"k\"},\"x\":\"a needle\"}")).isTrue();
    assertThat(mapped.matches(rule, "{\"d\":{\"kind\":\"o\"},\"x\":\"a needle\"}")).isFalse();
  }

  @Test
  void spacesInNamesMakeNoDifference() {
    Mapped mapped = Mapped.by("fields: {Threat Name: Event.Threat Name}");
    SigmaRule rule = rule(ANY, "{ThreatName: x}");
    assertThat(mapped.matches(rule, "{\"Event\":{\"Threat Name\":\"x\"}}")).isTrue();
  }

  @Test
  void judgesOnlyEventsOfTheRulesLogsource() {
    Mapped mapped =
        Mapped.by(
            """
            logsources:
              - {logsource: {product: w, category: process_creation}, when: {EventID: 1}}
              - {logsource: {product: w, category: registry_set}, when: {EventID: 13}}
            """);
    SigmaRule rule = rule("{product: w, category: process_creation}", "{Image: a}");
    assertThat(mapped.matches(rule, "{\"EventID\":1,\"Image\":\"a\"}")).isTrue();
    assertThat(mapped.matches(rule, "{\"EventID\":13,\"Image\":\"a\"}")).isFalse();
    assertThat(mapped.matches(rule, "{\"Image\":\"a\"}")).isFalse();
  }

  @Test
  void aNegatedConditionStaysInsideItsLogsource() {
    Mapped mapped = Mapped.by("logsources: [{logsource: {product: p}, when: {kind: k}}]");
    SigmaRule rule = rule(ANY, "{a: 1}", "not s");
    assertThat(mapped.matches(rule, "{\"kind\":\"k\"}")).isTrue();
    assertThat(mapped.matches(rule, "{\"kind\":\"k\",\"a\":1}")).isFalse();
    assertThat(mapped.matches(rule, "{\"kind\":\"o\"}")).isFalse();
  }

  @Test
  void aLogsourceMayHaveSeveralShapesEachWithFieldsOfItsOwn() {
    Mapped mapped =
        Mapped.by(
            """
            fields: {NewProcessName: data.new}
            logsources:
              - {logsource: {product: p}, when: {id: 1}}
              - {logsource: {product: p}, when: {id: 2}, aliases: {Image: NewProcessName}}
              - {logsource: {product: p}, when: {id: 3}, fields: {Image: image}}
              - {logsource: {product: p}, when: {id: 4}, default: "x.{field}"}
            """);
    SigmaRule rule = rule(ANY, "{Image: a}");
    assertThat(mapped.matches(rule, "{\"id\":1,\"Image\":\"a\"}")).isTrue();
    assertThat(mapped.matches(rule, "{\"id\":2,\"data\":{\"new\":\"a\"}}")).isTrue();
    assertThat(mapped.matches(rule, "{\"id\":3,\"image\":\"a\"}")).isTrue();
    assertThat(mapped.matches(rule, "{\"x\":{\"id\":4,\"Image\":\"a\"}}")).isTrue();
    assertThat(mapped.matches(rule, "{\"id\":1,\"image\":\"a\",\"data\":{\"new\":\"a\"}}"))
        .isFalse();
  }

  /** Rules of which logsource are judged on events of an entry's. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{product: w, category: c} | {product: w, category: c} | true",
        "{product: w}              | {product: w, category: c} | true",
        "{category: c}             | {product: w, category: c} | true",
        "{product: w, service: s}  | {product: w, service: s}  | true",
        "{product: w, category: c} | {product: w}              | false",
        "{product: w, category: c} | {category: c}             | false",
        "{product: w, category: c} | {product: w, category: d} | false",
        "{product: w, category: c} | {product: v, category: c} | false",
        "{product: w, service: s}  | {product: w, category: c} | false",
        "{product: w, category: c, service: s} | {product: w, category: c} | false",
        "{product: w, category: c} | {product: w, category: c, service: s} | true",
      })
  void aRuleIsForEventsOfSourcesThatSayAllThatItsOwnSays(
      String ofRule, String ofEntry, boolean expected) {
    Mapped mapped = Mapped.by("logsources: [{logsource: " + ofEntry + ", when: {k: 1}}]");
    SigmaRule rule = rule(ofRule, "{a: 1}");
    assertThat(mapped.matches(rule, "{\"k\":1,\"a\":1}")).isEqualTo(expected);
    assertThat(mapped.mapping().uncovered(List.of(rule)).isEmpty()).isEqualTo(expected);
  }

  @Test
  void anEntryOfExactlyTheRulesLogsourceSpeaksForIt() {
    Mapped mapped =
        Mapped.by(
            """
            logsources:
              - {logsource: {product: w}, when: {all: 1}}
              - {logsource: {product: w, category: c}, when: {c: 1}}
            """);
    SigmaRule rule = rule("{product: w}", "{a: 1}");
    assertThat(mapped.matches(rule, "{\"all\":1,\"a\":1}")).isTrue();
    assertThat(mapped.matches(rule, "{\"c\":1,\"a\":1}")).isFalse();
  }

  @Test
  void categoryAndServiceTogetherMeanEventsOfBoth() {
    Mapped mapped =
        Mapped.by(
            """
            logsources:
              - {logsource: {product: w, category: c}, when: {id: 1}, aliases: {a: b}}
              - {logsource: {product: w, service: s}, when: {channel: x}}
              - {logsource: {product: w, service: t}, when: {channel: y}}
            """);
    SigmaRule rule = rule("{product: w, category: c, service: s}", "{a: 1}");
    assertThat(mapped.matches(rule, "{\"id\":1,\"channel\":\"x\",\"b\":1}")).isTrue();
    assertThat(mapped.matches(rule, "{\"id\":1,\"channel\":\"y\",\"b\":1}")).isFalse();
    assertThat(mapped.matches(rule, "{\"id\":2,\"channel\":\"x\",\"b\":1}")).isFalse();
  }

  @Test
  void eventsMayStateTheirLogsource() {
    Mapped mapped = Mapped.by("stated: {product: p, category: [c, kind]}");
    SigmaRule rule = rule("{product: windows, category: process_creation}", "{a: 1}");
    assertThat(mapped.matches(rule, "{\"p\":\"Windows\",\"kind\":\"process_creation\",\"a\":1}"))
        .isTrue();
    assertThat(mapped.matches(rule, "{\"p\":\"windows\",\"c\":\"file_event\",\"a\":1}")).isFalse();
    assertThat(mapped.matches(rule, "{\"p\":\"windows\",\"a\":1}")).isFalse();
    assertThat(mapped.mapping().uncovered(List.of(rule("{product: w, service: s}", "{a: 1}"))))
        .as("events cannot state a service")
        .hasSize(1);
  }

  @Test
  void aStatedWordIsNoPattern() {
    Mapped mapped = Mapped.by("stated: {product: p}");
    SigmaRule rule = rule("{product: 'a*'}", "{a: 1}");
    assertThat(mapped.matches(rule, "{\"p\":\"a*\",\"a\":1}")).isTrue();
    assertThat(mapped.matches(rule, "{\"p\":\"ab\",\"a\":1}")).isFalse();
  }

  @Test
  void rulesOfUnknownLogsourcesJudgeNothingUnlessToldTo() {
    String entries = "logsources: [{logsource: {product: p}, when: {k: 1}}]\nfields: {a: x}\n";
    SigmaRule rule = rule("{product: other}", "{a: 1}");
    assertThat(Mapped.by(entries).matches(rule, "{\"x\":1}")).isFalse();
    assertThat(Mapped.by(entries).mapping().uncovered(List.of(rule))).containsExactly(rule);
    Mapped judging = Mapped.by(entries + "unmapped: judge");
    assertThat(judging.matches(rule, "{\"x\":1}")).isTrue();
    assertThat(judging.mapping().uncovered(List.of(rule))).isEmpty();
  }

  @Test
  void aMappingWithoutLogsourcesOnlyRenames() {
    assertThat(Mapped.by("fields: {a: x}").matches(rule("{product: q}", "{a: 1}"), "{\"x\":1}"))
        .isTrue();
    assertThat(
            Mapped.by("{fields: {a: x}, unmapped: skip}")
                .matches(rule("{product: q}", "{a: 1}"), "{\"x\":1}"))
        .isFalse();
  }

  @Test
  void severalMappingsHoldSideBySide() {
    Mapped mapped =
        Mapped.by(
            "logsources: [{logsource: {product: p}, when: {k: 1}}]\nfields: {a: x}",
            "logsources: [{logsource: {product: p}, when: {k: 2}}]\nfields: {a: y}",
            "logsources: [{logsource: {product: q}, when: {k: 3}}]\nunmapped: judge");
    SigmaRule rule = rule(ANY, "{a: 1}");
    assertThat(mapped.matches(rule, "{\"k\":1,\"x\":1}")).isTrue();
    assertThat(mapped.matches(rule, "{\"k\":2,\"y\":1}")).isTrue();
    assertThat(mapped.matches(rule, "{\"k\":2,\"x\":1}")).isFalse();
    assertThat(mapped.matches(rule, "{\"a\":1}")).as("known to one of them").isFalse();
    assertThat(mapped.matches(rule("{product: r}", "{a: 1}"), "{\"a\":1}")).isTrue();
  }

  @Test
  void aFileMayDescribeSeveralKindsOfEvents() {
    Mapped mapped =
        Mapped.by(
            """
            logsources: [{logsource: {product: p}, when: {k: 1}}]
            fields: {a: x}
            ---
            logsources: [{logsource: {product: p}, when: {k: 2}}]
            fields: {a: y}
            """);
    SigmaRule rule = rule(ANY, "{a: 1}");
    assertThat(mapped.matches(rule, "{\"k\":1,\"x\":1}")).isTrue();
    assertThat(mapped.matches(rule, "{\"k\":2,\"y\":1}")).isTrue();
    assertThat(mapped.matches(rule, "{\"k\":2,\"x\":1}")).isFalse();
  }

  @Test
  void noNameOfAnAuthorsMeetsThoseOfTheMapping() {
    Mapped mapped =
        Mapped.by(
            """
            logsources:
              - {logsource: {product: p}, when: {k: 1}}
              - {logsource: {product: p}, when: {k: 2}, fields: {a: x}}
            """);
    for (String name : List.of("logsource", "logsource [1]", "[logsource [1]]", "a [2]")) {
      SigmaRule named =
          SigmaParser.parse(
                  "rule.yml",
                  """
                  title: r
                  logsource: {product: p}
                  detection:
                    a: {a: 1}
                    '%s': {b: 2}
                    condition: all of them
                  """
                      .formatted(name))
              .rules()
              .get(0);
      assertThat(mapped.matches(named, "{\"k\":1,\"a\":1,\"b\":2}")).as(name).isTrue();
      assertThat(mapped.matches(named, "{\"k\":2,\"x\":1,\"b\":2}")).as(name).isTrue();
      assertThat(mapped.matches(named, "{\"k\":1,\"a\":1}")).as(name).isFalse();
      assertThat(mapped.matches(named, "{\"k\":3,\"a\":1,\"b\":2}")).as(name).isFalse();
    }
  }

  @Test
  void showsTheMatchedFieldsAsTheEventNamesThem() {
    Mapped mapped =
        Mapped.by("logsources: [{logsource: {product: p}, when: {k: 1}}]\nfields: {a: x.y}");
    assertThat(mapped.judge(List.of(rule(ANY, "{a: 7}")), "{\"k\":1,\"x\":{\"y\":7}}", "acme"))
        .singleElement()
        .satisfies(match -> assertThat(match.matchedFields()).isEqualTo(Map.of("x.y", "7")));
  }

  @Test
  void aRewrittenRuleIsStillTheSameRule() {
    SigmaRule rule = rule(ANY, "{a: 1}");
    assertThat(Mapped.by("fields: {a: x}").mapping().apply(List.of(rule)))
        .singleElement()
        .satisfies(
            rewritten -> {
              assertThat(rewritten.id()).isEqualTo(rule.id());
              assertThat(rewritten.contentHash()).isEqualTo(rule.contentHash());
              assertThat(rewritten.asking(rule.detections(), rule.condition())).isEqualTo(rule);
            });
  }
}
