package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.sigma.SigmaRule;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which rules have events under a mapping.
 *
 * @param rules how many there are
 * @param uncovered how many of each logsource judge nothing, most of them first
 */
record MappingCoverage(int rules, List<Map.Entry<String, Integer>> uncovered) {
  MappingCoverage {
    uncovered = List.copyOf(uncovered);
  }

  static MappingCoverage of(List<SigmaRule> rules, FieldMapping mapping) {
    Map<String, Integer> counts = new TreeMap<>();
    mapping
        .uncovered(rules)
        .forEach(rule -> counts.merge(rule.logsource().label(), 1, Integer::sum));
    Comparator<Map.Entry<String, Integer>> byCount = Map.Entry.comparingByValue();
    return new MappingCoverage(
        rules.size(), counts.entrySet().stream().sorted(byCount.reversed()).toList());
  }

  /** One line, and one for each logsource that the mapping does not know. */
  void print(PrintWriter out) {
    if (uncovered.isEmpty()) {
      out.println("All of them have events under the mapping.");
      return;
    }
    out.printf(
        "%s without events under the mapping, by logsource:%n",
        Amount.of(uncoveredRules(), "good rule"));
    uncovered.forEach(one -> out.printf("%,6d  %s%n", one.getValue(), one.getKey()));
  }

  /** Tells in one line how many rules judge nothing, if any do. */
  void warn(PrintWriter err) {
    if (!uncovered.isEmpty()) {
      err.printf(
          "lockstep: %s without events under the mapping; 'rules check --mapping' lists them%n",
          Amount.of(uncoveredRules(), "rule"));
    }
  }

  void write(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("mapping");
    json.writeNumberField("covered", rules - uncoveredRules());
    json.writeObjectFieldStart("uncovered");
    for (Map.Entry<String, Integer> one : uncovered) {
      json.writeNumberField(one.getKey(), one.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private int uncoveredRules() {
    return uncovered.stream().mapToInt(Map.Entry::getValue).sum();
  }
}
