package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.mapping.ParsedMapping;
import dev.lockstep.mapping.ShippedMappings;
import dev.lockstep.sigma.SigmaRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The shipped mappings under the rules that most of the world uses. */
class MappedSigmaHqTest {

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
  void dropsOnlyMatchesOfOtherLogsources() throws Exception {
    List<SigmaRule> rules = SigmaHqTest.rules();
    RuleProgram flat = RuleProgram.compile(rules);
    RuleProgram mapped = RuleProgram.compile(shipped("windows-evtx").apply(rules));
    Map<String, Integer> dropped = new TreeMap<>();
    int kept = 0;
    for (String line : Files.readAllLines(Corpus.path("sigma-regression/cases.ndjson"), UTF_8)) {
      for (Object event : Json.list(Json.read(line), "events")) {
        Map<?, ?> raw = (Map<?, ?>) event;
        List<RuleMatch> without = matches(flat, SigmaHqTest.flat(raw));
        List<String> with = matches(mapped, raw).stream().map(m -> m.rule().id()).toList();
        assertThat(without.stream().map(match -> match.rule().id())).containsAll(with);
        assertThat(with).doesNotHaveDuplicates();
        kept += with.size();
        without.stream()
            .map(RuleMatch::rule)
            .filter(rule -> !with.contains(rule.id()))
            .forEach(rule -> dropped.merge(rule.logsource().label(), 1, Integer::sum));
      }
    }
    System.out.println("kept " + kept + " dropped " + dropped);
  }

  @Test
  void coversTheRulesOfItsLogsources() throws Exception {
    List<SigmaRule> rules = SigmaHqTest.rules();
    Map<String, Integer> covered = new LinkedHashMap<>();
    for (String name : ShippedMappings.names()) {
      List<SigmaRule> uncovered = shipped(name).uncovered(rules);
      covered.put(name, rules.size() - uncovered.size());
      Map<String, Integer> why = new TreeMap<>();
      uncovered.forEach(rule -> why.merge(rule.logsource().label(), 1, Integer::sum));
      System.out.println(name + " " + covered.get(name) + " " + why);
    }
    Map<String, Integer> why = new TreeMap<>();
    all().uncovered(rules).forEach(rule -> why.merge(rule.logsource().label(), 1, Integer::sum));
    System.out.println("all but stated: uncovered " + why);
  }

  private static FieldMapping all() {
    return mapping(
        ShippedMappings.names().stream().filter(name -> !name.equals("stated")).toList());
  }

  private static FieldMapping shipped(String name) {
    return mapping(List.of(name));
  }

  private static FieldMapping mapping(List<String> names) {
    List<MappingDocument> documents =
        names.stream().map(name -> ShippedMappings.named(name).orElseThrow()).toList();
    ParsedMapping parsed = FieldMapping.parse(documents);
    assertThat(parsed.issues()).isEmpty();
    return parsed.mapping();
  }

  private static List<RuleMatch> matches(RuleProgram program, Map<?, ?> event) throws Exception {
    byte[] json = Json.write(event).getBytes(UTF_8);
    MatchResult result = program.match(program.projection().read(json), "acme");
    assertThat(result.faults()).isEmpty();
    return result.matches();
  }
}
