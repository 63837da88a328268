package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.mapping.ParsedMapping;
import dev.lockstep.mapping.ShippedMappings;
import dev.lockstep.sigma.Logsource;
import dev.lockstep.sigma.SigmaRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The shipped mappings under the rules that most of the world uses. */
class MappedSigmaHqTest {
  private static final String SYSMON = "Microsoft-Windows-Sysmon/Operational";
  private static final Map<String, Set<String>> CATEGORIES =
      Map.of(
          "process_creation", Set.of(SYSMON + " 1"),
          "image_load", Set.of(SYSMON + " 7"),
          "process_access", Set.of(SYSMON + " 10"),
          "file_event", Set.of(SYSMON + " 11"),
          "registry_add", Set.of(SYSMON + " 12"),
          "registry_delete", Set.of(SYSMON + " 12"),
          "registry_event", Set.of(SYSMON + " 12", SYSMON + " 13"),
          "registry_set", Set.of(SYSMON + " 13"));
  private static final Map<String, String> SERVICES =
      Map.of(
          SYSMON,
          "sysmon",
          "Security",
          "security",
          "Microsoft-Windows-TaskScheduler/Operational",
          "taskscheduler",
          "Microsoft-Windows-WMI-Activity/Operational",
          "wmi");

  @Test
  void findsWhatEachRuleWasMadeForInEventsAsTheyAre() throws Exception {
    FieldMapping mapping = shipped("windows-evtx");
    List<String> missed = new ArrayList<>();
    int cases = 0;
    for (String line : Files.readAllLines(Corpus.path("sigma-regression/cases.ndjson"), UTF_8)) {
      Map<?, ?> testCase = Json.read(line);
      Path file = Corpus.path("sigmahq").resolve(String.valueOf(testCase.get("rule_path")));
      List<SigmaRule> rule = mapping.apply(Rules.parse(Files.readString(file, UTF_8)));
      int matches = 0;
      for (Object event : Json.list(testCase, "events")) {
        matches += Rules.judge(rule, Json.write((Map<?, ?>) event)).matches().size();
      }
      cases++;
      if (matches < Integer.parseInt(String.valueOf(testCase.get("match_count_min")))) {
        missed.add(file + " matched " + matches);
      }
    }
    assertThat(missed).isEmpty();
    assertThat(cases).isEqualTo(98);
  }

  /** On each event, all rules: what a mapping drops is what its logsource forbids, and no more. */
  @Test
  void dropsMatchesOfOtherLogsourcesAndNoOther() throws Exception {
    List<SigmaRule> rules = SigmaHqTest.rules();
    RuleProgram flat = RuleProgram.compile(rules);
    RuleProgram mapped = RuleProgram.compile(shipped("windows-evtx").apply(rules));
    int kept = 0;
    int dropped = 0;
    for (String line : Files.readAllLines(Corpus.path("sigma-regression/cases.ndjson"), UTF_8)) {
      for (Object event : Json.list(Json.read(line), "events")) {
        Map<String, Object> fields = SigmaHqTest.flat((Map<?, ?>) event);
        List<SigmaRule> without = matches(flat, fields);
        List<String> expected =
            without.stream().filter(rule -> isOf(rule, fields)).map(SigmaRule::id).toList();
        assertThat(matches(mapped, (Map<?, ?>) event).stream().map(SigmaRule::id))
            .as("%s", fields)
            .containsExactlyElementsOf(expected);
        kept += expected.size();
        dropped += without.size() - expected.size();
      }
    }
    assertThat(kept).isGreaterThan(150);
    assertThat(dropped).as("matches of rules for other events").isGreaterThan(150);
  }

  @Test
  void coversTheRulesOfItsLogsources() throws Exception {
    List<SigmaRule> rules = SigmaHqTest.rules();
    Map<String, Integer> covered = new LinkedHashMap<>();
    for (String name : ShippedMappings.names()) {
      covered.put(name, rules.size() - shipped(name).uncovered(rules).size());
    }
    assertThat(covered)
        .isEqualTo(
            Map.of(
                "aws-cloudtrail", 57,
                "linux-auditd", 70,
                "linux-sysmon", 183,
                "stated", 3755,
                "web", 142,
                "windows-evtx", 2850,
                "windows-flat", 2850,
                "windows-winlogbeat", 2850,
                "zeek", 24));
  }

  @Test
  void coversWhatWindowsWritesIntoItsEventLogs() throws Exception {
    Map<String, Integer> uncovered = new TreeMap<>();
    for (SigmaRule rule : shipped("windows-evtx").uncovered(SigmaHqTest.rules())) {
      if ("windows".equals(rule.logsource().product())) {
        uncovered.merge(rule.logsource().label(), 1, Integer::sum);
      }
    }
    assertThat(uncovered).isEqualTo(Map.of("windows/file_access", 13, "windows/file_rename", 2));
  }

  /** Knows of the corpus's events where they are from, independently of the mapping. */
  private static boolean isOf(SigmaRule rule, Map<String, Object> event) {
    Logsource logsource = rule.logsource();
    String place = event.get("Channel") + " " + event.get("EventID");
    String service = String.valueOf(SERVICES.get(String.valueOf(event.get("Channel"))));
    return "windows".equals(logsource.product())
        && (logsource.service() == null || logsource.service().equals(service))
        && (logsource.category() == null
            || CATEGORIES.getOrDefault(logsource.category(), Set.of()).contains(place));
  }

  private static FieldMapping shipped(String name) {
    MappingDocument document = ShippedMappings.named(name).orElseThrow();
    ParsedMapping parsed = FieldMapping.parse(List.of(document));
    assertThat(parsed.issues()).isEmpty();
    return parsed.mapping();
  }

  private static List<SigmaRule> matches(RuleProgram program, Map<?, ?> event) throws Exception {
    byte[] json = Json.write(event).getBytes(UTF_8);
    MatchResult result = program.judge(json, "acme");
    assertThat(result.faults()).isEmpty();
    return result.matches().stream().map(RuleMatch::rule).toList();
  }
}
