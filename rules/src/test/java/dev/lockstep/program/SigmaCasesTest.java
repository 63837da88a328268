package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sigma.FilteredRules;
import dev.lockstep.sigma.ParsedDocuments;
import dev.lockstep.sigma.SigmaParser;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Other engines' own tests, as examples of what authors expect of a rule. */
class SigmaCasesTest {

  /**
   * That engine puts the event's own fields into placeholders, which is what fieldref is for, and
   * takes a backslash before a percent sign for itself, where the specification lets it escape.
   */
  private static final String FROM_THE_EVENT =
      "this '%' begins no placeholder such as %Servers%; write \\% for the character, and"
          + " \\\\%Servers% for a backslash before a placeholder";

  /** Why we do not do what a test of another engine expects; a test that begins to pass fails. */
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("test_expand_modifier_yaml", FROM_THE_EVENT),
          Map.entry("test_expand_modifier_multiple_placeholders", FROM_THE_EVENT),
          Map.entry(
              "test_action_repeat_evaluates_correctly",
              "the collection 'action: repeat' of Sigma 1 is not supported; write each rule out"),
          Map.entry(
              "test_action_repeat_with_global",
              "the collection 'action: global' of Sigma 1 is not supported; write each rule out"));

  /** Judged otherwise on purpose. */
  private static final Map<String, String> DECIDED_OTHERWISE = Map.of();

  @Test
  void agreesWithTheCasesOfAMatcher() throws Exception {
    assertThat(run("sigma-cases/matcher-cases.json")).isEmpty();
  }

  @Test
  void agreesWithTheCasesOfTwoEnginesButForWhatIsListed() throws Exception {
    Map<String, String> expected = new TreeMap<>(REFUSED);
    expected.putAll(DECIDED_OTHERWISE);
    assertThat(run("sigma-cases/engine-cases.json")).isEqualTo(expected);
  }

  /** Returns what each disagreeing test got instead, by name. */
  private static Map<String, String> run(String file) throws Exception {
    String text = Files.readString(Corpus.path(file), UTF_8);
    Map<String, String> disagreements = new TreeMap<>();
    for (Object item : Json.list(Json.read(text), "cases")) {
      Map<?, ?> testCase = (Map<?, ?>) item;
      String source = String.valueOf(testCase.get("source"));
      String got = verdict(testCase);
      if (!got.equals(String.valueOf(testCase.get("expected")))) {
        disagreements.put(source.substring(source.lastIndexOf(':') + 1), got);
      }
    }
    return disagreements;
  }

  private static String verdict(Map<?, ?> testCase) throws Exception {
    String text = String.valueOf(testCase.get("rule_yaml"));
    ParsedDocuments parsed = SigmaParser.parse("case.yml", withLogsources(text));
    if (!parsed.issues().isEmpty()) {
      return parsed.issues().get(0).message();
    }
    String json = Json.write(Json.map(testCase, "event"));
    MatchResult result = Rules.judge(FilteredRules.of(parsed.rules(), parsed.filters()), json);
    return String.valueOf(!result.matches().isEmpty());
  }

  /** Two engines do without a log source; the specification demands one. */
  private static String withLogsources(String text) {
    String product = text.contains("product: windows") ? "windows" : "test";
    String logsource = "logsource: {product: " + product + "}\n";
    return text.replaceAll("(?m)^filter:$", logsource + "filter:")
        .replaceAll("(?m)^( *)logsource:\\s*\n(?=\\1[a-z])", "$1" + logsource);
  }
}
