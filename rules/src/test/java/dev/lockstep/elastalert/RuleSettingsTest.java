package dev.lockstep.elastalert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of all rules, and of single types, that the case folder does not show. */
final class RuleSettingsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "realert: {minutes: 5} → {for: 5m}",
        "realert: {weeks: 1} → {for: 7d}",
        "realert: {weeks: 2} → {for: 2w}",
        "realert: {hours: 1, minutes: 30} → {for: 90m}",
        "realert: {days: 1.5} → {for: 36h}",
        "realert: {milliseconds: 1500} → {for: 2s}",
        "use_ssl: true → {for: 1m}",
        "query_key: u → {by: [u], for: 1m}",
        "query_key: [u, v.keyword] → {by: [u, v], for: 1m}",
        "exponential_realert: {minutes: 32} → {for: 1m, realert: exponential}",
      })
  void alertsAreHeldBackAsLong(String setting, String suppress) {
    ImportedRule rule = any(setting);

    assertThat(rule.text().orElseThrow()).endsWith("lockstep:\n  suppress: " + suppress + "\n");
    assertThat(rule.count(Remark.Kind.LOST)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "realert: {minutes: 0} → ",
        "realert: {minutes: 0}, exponential_realert: {hours: 1} → ",
        "aggregation: {minutes: 5} → ",
      })
  void nothingIsHeldBack(String settings, String nothing) {
    assertThat(any(settings.replace("}, e", "}\ne")).text().orElseThrow())
        .doesNotContain("\n  suppress:");
  }

  @Test
  void saysWhenTheLongestSilenceIsAnother() {
    assertThat(any("realert: {minutes: 1}\nexponential_realert: {minutes: 32}").remarks())
        .extracting(Remark::setting)
        .doesNotContain("exponential_realert");
    assertThat(any("realert: {minutes: 2}\nexponential_realert: {minutes: 32}").remarks())
        .extracting(Remark::setting)
        .contains("exponential_realert");
  }

  @ParameterizedTest
  @CsvSource({
    "0, informational",
    "1, low",
    "2, medium",
    "3, high",
    "4, critical",
    "'\"4\"', critical"
  })
  void thePriorityIsTheLevel(String priority, String level) {
    assertThat(any("priority: " + priority).text().orElseThrow())
        .contains("\nlevel: " + level + "\n");
  }

  @Test
  void aDisabledRuleIsInTheShadow() {
    assertThat(any("is_enabled: no").text().orElseThrow()).contains("\n  stage: shadow\n");
    assertThat(any("is_enabled: true").text().orElseThrow()).doesNotContain("stage");
  }

  @Test
  void aGivenLogsourceTakesThePlaceOfTheIndex() {
    ImportSettings settings =
        new ImportSettings(Map.of("product", "windows"), ImportSettings.USUAL_TEXT_FIELDS);

    ImportedRule rule =
        ElastAlertImport.of(
                List.of(new ElastAlertFile("r.yaml", "r.yaml", "type: any\nindex: i\n")),
                ListFiles.NONE,
                settings)
            .get(0);

    assertThat(rule.text().orElseThrow()).contains("\nlogsource: {product: windows}\n");
  }

  @Test
  void textsAreLookedForInTextFields() {
    String filter = "type: any\nindex: i\nfilter: [{term: {log: x}}]\n";

    assertThat(ImportCases.of(filter).text().orElseThrow()).contains("\n    log: x\n");
    assertThat(ImportCases.of(filter, Set.of("log")).text().orElseThrow())
        .contains("\n    log|contains: x\n");
  }

  @Test
  void idsAreOfTheFileAndTheRule() {
    String text = "name: %s\ntype: any\nindex: i\n";
    String id = id("a.yaml", text.formatted("n"));

    assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(id("a.yaml", text.formatted("n") + "priority: 4\n")).isEqualTo(id);
    assertThat(id("b.yaml", text.formatted("n"))).isNotEqualTo(id);
    assertThat(id("a.yaml", text.formatted("m"))).isNotEqualTo(id);
  }

  @Test
  void twoFilesOfOneNameAreNotMixedUp() {
    String text = "type: any\nindex: i\n";

    List<ImportedRule> rules =
        ElastAlertImport.of(
            List.of(
                new ElastAlertFile("x/a.yaml", "d/x/a.yaml", text),
                new ElastAlertFile("x-a.yml", "d/x-a.yml", text)),
            ListFiles.NONE,
            ImportCases.SETTINGS);

    assertThat(rules.get(0).text()).isPresent();
    assertThat(rules.get(1).text()).isEmpty();
    assertThat(rules.get(1).remarks().get(0))
        .hasToString(
            "d/x-a.yml:1:1: it would be called as d/x/a.yaml is; give the file another name");
  }

  /** Type and settings, the place of the refusal, and its message. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "index: i → 1:1: type: a rule has a type",
        "type: none → 1:7: type: there is no type 'none'",
        "type: spike_aggregation → 1:7: type: 'spike' and 'drop' compare numbers",
        "type: frequency; num_events: 5 → 1:1: timeframe: a rule of type 'frequency' needs it",
        "type: flatline; threshold: 0; timeframe: {hours: 1} → 2:12: threshold: a whole number",
        "type: frequency; num_events: x; timeframe: {hours: 1} → 2:13: num_events: a number",
        "type: frequency; num_events: 5; timeframe: {hours: 0} → 3:12: timeframe: more than",
        "type: frequency; num_events: 5; timeframe: {years: 1} → 3:13: timeframe: a length of",
        "type: frequency; num_events: 5; timeframe: {weeks: 999999} → 3:12: timeframe: more",
        "type: any; query_key: 'a|b' → 2:12: query_key: Sigma cannot name",
        "type: any; query_key: [[a]] → 2:13: query_key: a value is expected here, not a list",
        "type: any; index: elastalert_status → 2:1: index: it asks for alerts of other rules",
        "type: any; realert: 5m → 2:10: realert: a length of time is a map: {minutes: 5}",
        "type: any; is_enabled: maybe → 2:13: is_enabled: true or false",
        "type: any; filter: {term: {a: 1}} → 2:9: filter: a list of filters, this is a map",
        "type: any; filter: [{bool: {x: 1}}] → 2:10: filter: 'x' of 'bool' has no counterpart",
        "type: any; filter: [{term: {a: {value: 1, x: 2}}}] → 2:10: filter: 'x' of a query has",
        "type: any; filter: [{terms: {a: []}}] → 2:10: filter: an empty list of values",
        "type: any; filter: [{or: []}] → 2:10: filter: an empty list of alternatives",
        "type: any; filter: [{term: {_index: x}}] → 2:10: filter: '_index' is Elasticsearch's own",
        "type: any; filter: [{eql: x}] → 2:10: filter: the filter 'eql' has no counterpart",
        "type: any; filter: [{regexp: {a: '('}}] → 1:1: what comes of it is no good rule",
        "type: blacklist; compare_key: a; blacklist: [] → 3:1: blacklist: the list is empty",
        "type: blacklist; compare_key: [a, b]; blacklist: [x] → 2:1: compare_key: ElastAlert",
        "type: spike; spike_height: 3; spike_type: odd; timeframe: {hours: 1} → 3:1: spike_type:",
        "type: spike; spike_height: 0.5; spike_type: up; timeframe: {hours: 1} → 1:1: what comes",
        "type: cardinality; cardinality_field: a; timeframe: {hours: 1} → 1:1: max_cardinality:",
        "type: change; compare_key: a → 1:1: query_key: a rule of type 'change' needs it",
        "type: new_term; index: i → 1:1: fields: a rule of type 'new_term' needs it",
        "type: new_term; fields: [] → 2:1: fields: the list of fields is empty",
        "type: metric_aggregation; metric_agg_key: a; metric_agg_type: odd; max_threshold: 1"
            + " → 3:1: metric_agg_type: there is no metric 'odd'",
        "type: percentage_match; max_percentage: 5 → 1:1: match_bucket_filter: a rule of type",
        "a → 1:1: a rule of ElastAlert is one map",
        "type: any; type: any → 2:1: the key 'type' is there already, in line 1",
      })
  void refusesWhatCannotBeRead(String settings, String refusal) {
    ImportedRule rule = ImportCases.of(settings.replace("; ", "\n") + "\n");

    assertThat(rule.text()).isEmpty();
    assertThat(rule.remarks())
        .filteredOn(remark -> remark.kind() == Remark.Kind.REFUSED)
        .anySatisfy(remark -> assertThat(remark.toString()).startsWith("rule.yaml:" + refusal));
  }

  @Test
  void countsOfTooManyRemarksAreKept() {
    StringBuilder text = new StringBuilder("type: any\nindex: i\n");
    for (int i = 0; i < 400; i++) {
      text.append("unknown").append(i).append(": 1\n");
    }

    ImportedRule rule = ImportCases.of(text.toString());

    assertThat(rule.remarks()).hasSize(301);
    assertThat(rule.remarks().get(300).message()).startsWith("and 10").endsWith(" more");
    assertThat(rule.remarks().get(300).kind()).isEqualTo(Remark.Kind.LOST);
  }

  private static ImportedRule any(String settings) {
    return ImportCases.of("type: any\nindex: i\n" + settings + "\n");
  }

  private static String id(String path, String text) {
    return ElastAlertImport.of(
            List.of(new ElastAlertFile(path, path, text)), ListFiles.NONE, ImportCases.SETTINGS)
        .get(0)
        .text()
        .orElseThrow()
        .lines()
        .filter(line -> line.startsWith("id: "))
        .findFirst()
        .orElseThrow()
        .substring(4);
  }
}
