package dev.lockstep.job.detect;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.Correlated;
import dev.lockstep.alert.Alert.EventReference;
import dev.lockstep.alert.Alert.RuleReference;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.correlation.Correlation;
import dev.lockstep.correlation.Finding;
import dev.lockstep.correlation.GroupKey;
import dev.lockstep.correlation.Occurrence;
import dev.lockstep.sigma.RuleStage;
import dev.lockstep.sigma.SigmaCorrelation;
import dev.lockstep.sigma.Suppression;
import java.time.Instant;

/** Makes alerts of what correlations find. */
final class CorrelationAlerts {

  private final String engine;

  CorrelationAlerts(String engine) {
    this.engine = engine;
  }

  /** Returns the alert, its lane still open. */
  AlertRecord of(Correlation correlation, GroupKey group, Finding finding, String bundle) {
    SigmaCorrelation rule = correlation.written();
    Alert alert =
        new Alert(
            finding.idOf(group),
            group.customer(),
            engine,
            Instant.ofEpochMilli(finding.atMillis()),
            reference(rule),
            bundle,
            correlation.fieldsOf(group),
            finding.events().stream().map(CorrelationAlerts::reference).toList(),
            new Correlated(
                rule.type(),
                correlation.fieldsOf(group),
                finding.count(),
                finding.value(),
                Instant.ofEpochMilli(finding.fromMillis()),
                Instant.ofEpochMilli(finding.atMillis()),
                finding.approximate(),
                finding.estimatedBy()),
            Alert.Suppressed.NONE,
            /* routing= */ null);
    AlertRecord record =
        new AlertRecord(
            alert.id(), alert.customer(), rule.id(), /* lane= */ "", AlertJson.write(alert));
    record.limit =
        Suppression.of(rule.attributes())
            .map(
                suppression ->
                    AlertLimits.of(
                        suppression,
                        group.customer(),
                        rule.id(),
                        correlation.fieldsOf(group),
                        finding.atMillis()))
            .orElse(null);
    return record;
  }

  private static EventReference reference(Occurrence occurrence) {
    return new EventReference(
        occurrence.id(),
        Instant.ofEpochMilli(occurrence.atMillis()),
        occurrence.evidence().isEmpty() ? "{}" : occurrence.evidence());
  }

  private static RuleReference reference(SigmaCorrelation rule) {
    return new RuleReference(
        rule.id(),
        rule.title(),
        rule.level() == null ? null : rule.level().term(),
        rule.status() == null ? null : rule.status().term(),
        rule.tags(),
        rule.contentHash(),
        rule.stage() == RuleStage.SHADOW);
  }
}
