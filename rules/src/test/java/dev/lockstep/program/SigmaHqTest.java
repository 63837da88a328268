package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.lockstep.sigma.ParsedDocuments;
import dev.lockstep.sigma.PlaceholderValue;
import dev.lockstep.sigma.Placeholders;
import dev.lockstep.sigma.SigmaParser;
import dev.lockstep.sigma.SigmaRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rules that most of the world uses, and the events that they were made for. */
class SigmaHqTest {

  @Test
  void takesEveryRuleButThoseThatNeedPlaceholders() throws Exception {
    int rules = 0;
    Map<String, Integer> refusedFiles = new TreeMap<>();
    for (Path file : ruleFiles()) {
      ParsedDocuments parsed = SigmaParser.parse(file.toString(), Files.readString(file, UTF_8));
      rules += parsed.rules().size();
      parsed.issues().stream()
          .map(issue -> issue.message())
          .distinct()
          .forEach(message -> refusedFiles.merge(message, 1, Integer::sum));
    }
    assertThat(refusedFiles.keySet()).allMatch(message -> message.startsWith("the placeholder '%"));
    assertThat(rules).isEqualTo(3755);
  }

  @Test
  void takesEveryRuleWhenPlaceholdersHaveValues() throws Exception {
    Map<String, List<PlaceholderValue>> values = new TreeMap<>();
    int rules = 0;
    for (Path file : ruleFiles()) {
      String text = Files.readString(file, UTF_8);
      Matcher name = Pattern.compile("\\|expand: *'%([^%]+)%'|- '%([^%]+)%'").matcher(text);
      while (name.find()) {
        String found = name.group(1) == null ? name.group(2) : name.group(1);
        values.put(
            found,
            List.of(new PlaceholderValue("some value", false), new PlaceholderValue("7", true)));
      }
      ParsedDocuments parsed = SigmaParser.parse(file.toString(), text, new Placeholders(values));
      assertThat(parsed.issues()).isEmpty();
      rules += parsed.rules().size();
    }
    assertThat(rules).isEqualTo(3780);
  }

  @Test
  void findsWhatEachRuleWasMadeFor() throws Exception {
    Path rules = Corpus.path("sigmahq");
    List<String> missed = new ArrayList<>();
    int cases = 0;
    for (String line : Files.readAllLines(Corpus.path("sigma-regression/cases.ndjson"), UTF_8)) {
      Map<?, ?> testCase = Json.read(line);
      Path file = rules.resolve(String.valueOf(testCase.get("rule_path")));
      List<SigmaRule> rule = Rules.parse(Files.readString(file, UTF_8));
      int matches = 0;
      for (Object event : Json.list(testCase, "events")) {
        matches += Rules.judge(rule, Json.write(flat((Map<?, ?>) event))).matches().size();
      }
      cases++;
      if (matches < Integer.parseInt(String.valueOf(testCase.get("match_count_min")))) {
        missed.add(file + " matched " + matches);
      }
    }
    assertThat(missed).isEmpty();
    assertThat(cases).isEqualTo(98);
  }

  /** All of them, as the program takes them. */
  static List<SigmaRule> rules() throws IOException {
    List<SigmaRule> rules = new ArrayList<>();
    for (Path file : ruleFiles()) {
      rules.addAll(SigmaParser.parse(file.toString(), Files.readString(file, UTF_8)).rules());
    }
    return rules;
  }

  private static List<Path> ruleFiles() throws IOException {
    try (Stream<Path> files = Files.walk(Corpus.path("sigmahq"))) {
      return files.filter(file -> file.toString().endsWith(".yml")).sorted().toList();
    }
  }

  /** Flattens a Windows event as the taxonomy appendix of the specification names its fields. */
  static Map<String, Object> flat(Map<?, ?> document) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Map<?, ?> event = Json.map(document, "Event");
    event.forEach(
        (section, content) -> {
          if (section.equals("UserData") && content instanceof Map<?, ?> wrapped) {
            wrapped.values().forEach(inner -> addAll(fields, inner));
          } else if (!section.equals("#attributes")) {
            addAll(fields, content);
          }
        });
    return fields;
  }

  private static void addAll(Map<String, Object> fields, @Nullable Object section) {
    if (section instanceof Map<?, ?> members) {
      addMembers(fields, "", members);
    }
  }

  private static void addMembers(Map<String, Object> fields, String prefix, Map<?, ?> members) {
    members.forEach(
        (key, value) -> {
          String name = key.equals("#attributes") ? prefix : prefix + key + "_";
          if (value instanceof Map<?, ?> nested) {
            addMembers(fields, name, nested);
          } else if (value != null) {
            fields.put(name.substring(0, name.length() - 1), value);
          }
        });
  }
}
