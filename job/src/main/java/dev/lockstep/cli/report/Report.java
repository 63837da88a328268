package dev.lockstep.cli.report;

import static java.util.Objects.requireNonNull;

import dev.lockstep.evidence.EngineHistory;
import dev.lockstep.evidence.FieldExamples;
import dev.lockstep.evidence.ParitySums;
import dev.lockstep.migration.EngineFacts;
import dev.lockstep.migration.Readiness;
import dev.lockstep.migration.Standing;
import dev.lockstep.parity.VerdictRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a page about two engines shows.
 *
 * @param from the engine that customers leave
 * @param to the one that they go to
 * @param control name of the engine that shows the noise; null if there is none
 * @param at when this was so
 * @param since from when on comparisons count; null for all
 * @param sums what was compared
 * @param customers one line for each
 * @param fields the fields that most alerts differ in, with examples
 * @param examples alerts that speak against the engines otherwise than by a field
 * @param fromHistory what the engine that is left did
 * @param toHistory what the other one did
 * @param notes what a reader should know first, in words
 */
public record Report(
    EngineFacts from,
    EngineFacts to,
    @Nullable String control,
    Instant at,
    @Nullable Instant since,
    ParitySums sums,
    List<Line> customers,
    List<FieldExamples> fields,
    List<VerdictRecord> examples,
    EngineHistory fromHistory,
    EngineHistory toHistory,
    List<String> notes) {

  /** A customer, where it stands, and whether it can go on. */
  public record Line(Standing standing, Readiness readiness) {}

  public Report {
    requireNonNull(sums, "sums is null");
    customers = List.copyOf(customers);
    fields = List.copyOf(fields);
    examples = List.copyOf(examples);
    notes = List.copyOf(notes);
  }

  long ready() {
    return customers.stream().filter(line -> line.readiness().isReady()).count();
  }

  long done() {
    return customers.stream()
        .filter(line -> line.readiness().next() == null && line.readiness().blocking().isEmpty())
        .count();
  }
}
