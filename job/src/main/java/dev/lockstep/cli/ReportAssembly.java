package dev.lockstep.cli;

import dev.lockstep.cli.report.Report;
import dev.lockstep.evidence.EngineHistory;
import dev.lockstep.evidence.FieldExamples;
import dev.lockstep.parity.VerdictRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts together what a page about a migration shows; all lists of examples have an end. */
record ReportAssembly(MigrationRecords records, Migration migration, Collection<String> customers) {

  private static final int MAX_FIELDS = 12;
  private static final int MAX_EXAMPLES_OF_A_FIELD = 3;
  private static final int MAX_EXAMPLES = 24;
  private static final int MAX_EXAMPLES_OF_A_RULE = 3;

  /**
   * Makes the report.
   *
   * @param notes what a reader should know first
   */
  Report at(Instant now, List<String> notes) {
    List<VerdictRecord> differences = records.evidence().differences(migration.since(), customers);
    List<String> engines = records.evidence().engines();
    return new Report(
        migration.from(),
        migration.to(),
        engines.size() > 2 ? engines.get(2) : null,
        now,
        migration.since(),
        customers.isEmpty()
            ? migration.sums()
            : records.evidence().sums(migration.since(), customers),
        migration.places().stream()
            .map(place -> new Report.Line(place.standing(), place.readiness()))
            .toList(),
        FieldExamples.of(migration.sums(), differences, MAX_FIELDS, MAX_EXAMPLES_OF_A_FIELD),
        examples(differences),
        history(migration.from().engine()),
        history(migration.to().engine()),
        notes);
  }

  private EngineHistory history(String engine) {
    return EngineHistory.of(engine, records.statistics(), customers, migration.since());
  }

  /** Alerts that differ otherwise than by a field, of as many rules as there are. */
  private static List<VerdictRecord> examples(List<VerdictRecord> differences) {
    List<VerdictRecord> examples = new ArrayList<>();
    Map<String, Integer> ofRule = new HashMap<>();
    for (VerdictRecord verdict : differences) {
      String kind = verdict.rule().id() + '\n' + verdict.verdict();
      if (verdict.differences().isEmpty()
          && examples.size() < MAX_EXAMPLES
          && ofRule.merge(kind, 1, Integer::sum) <= MAX_EXAMPLES_OF_A_RULE) {
        examples.add(verdict);
      }
    }
    return examples;
  }
}
