package dev.lockstep.evidence;

import dev.lockstep.parity.VerdictRecord;
import dev.lockstep.parity.VerdictRecord.FieldDifference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A field that alerts differ in, and some of these alerts, of different rules and customers as far
 * as there are any.
 *
 * @param alerts how many differ in it, declared differences and noise included
 * @param examples some of those that count
 */
public record FieldExamples(String field, long alerts, List<Example> examples) {

  /** One alert, and what each engine has in the field. */
  public record Example(VerdictRecord verdict, FieldDifference difference) {}

  public FieldExamples {
    examples = List.copyOf(examples);
  }

  /**
   * Picks the fields that most alerts differ in.
   *
   * @param differences verdicts to take examples from, the best first
   */
  public static List<FieldExamples> of(
      ParitySums sums, List<VerdictRecord> differences, int maxFields, int maxExamples) {
    Map<String, List<Example>> examples = new LinkedHashMap<>();
    Map<String, Set<String>> seen = new LinkedHashMap<>();
    for (int round = 0; round < 2; round++) {
      for (VerdictRecord verdict : differences) {
        for (FieldDifference difference : verdict.differences()) {
          List<Example> of = examples.computeIfAbsent(difference.field(), f -> new ArrayList<>());
          Set<String> kinds = seen.computeIfAbsent(difference.field(), f -> new HashSet<>());
          // The first round takes one alert of each kind, the second one whatever there is.
          String kind =
              round == 0 ? verdict.rule().id() + '\n' + verdict.customer() : verdict.alertId();
          boolean isNew = of.stream().noneMatch(example -> example.verdict().equals(verdict));
          if (of.size() < maxExamples && isNew && kinds.add(kind)) {
            of.add(new Example(verdict, difference));
          }
        }
      }
    }
    return sums.fields().stream()
        .limit(maxFields)
        .map(
            field ->
                new FieldExamples(
                    field.getKey(),
                    field.getValue(),
                    examples.getOrDefault(field.getKey(), List.of())))
        .toList();
  }
}
