package dev.lockstep.job.detect;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.Correlated;
import dev.lockstep.alert.Alert.EventReference;
import dev.lockstep.alert.Alert.RuleReference;
import dev.lockstep.alert.AlertId;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.correlation.Correlation;
import dev.lockstep.correlation.Evidence;
import dev.lockstep.correlation.Finding;
import dev.lockstep.correlation.GroupKey;
import dev.lockstep.correlation.Occurrence;
import dev.lockstep.sigma.RuleStage;
import dev.lockstep.sigma.SigmaCorrelation;
import dev.lockstep.sigma.Suppression;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes alerts of what correlations find. */
final class CorrelationAlerts {

  private final String engine;

  CorrelationAlerts(String engine) {
    this.engine = engine;
  }

  /** The identity of what was found: the group, and the events that bound its window. */
  static String idOf(GroupKey group, Finding finding) {
    List<Occurrence> events = finding.events();
    return AlertId.ofGroup(
        group.customer(),
        group.correlation(),
        group.values(),
        events.get(0).id(),
        events.get(events.size() - 1).id(),
        finding.atMillis());
  }

  /** Returns the alert, its lane still open. */
  AlertRecord of(Correlation correlation, GroupKey group, Finding finding, String bundle) {
    SigmaCorrelation rule = correlation.written();
    Alert alert =
        new Alert(
            idOf(group, finding),
            group.customer(),
            engine,
            Instant.ofEpochMilli(finding.atMillis()),
            reference(rule),
            bundle,
            groupOf(rule, group),
            finding.events().stream().map(CorrelationAlerts::reference).toList(),
            new Correlated(
                rule.type(),
                groupOf(rule, group),
                finding.count(),
                finding.value(),
                Instant.ofEpochMilli(finding.fromMillis()),
                Instant.ofEpochMilli(finding.atMillis()),
                finding.approximate()),
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
                        groupOf(rule, group),
                        finding.atMillis()))
            .orElse(null);
    return record;
  }

  /** What another correlation takes of a finding. */
  static Occurrence occurrence(
      Correlation correlation, GroupKey group, Finding finding, int member) {
    return new Occurrence(
        finding.atMillis(),
        idOf(group, finding),
        member,
        List.of(),
        Evidence.of("alert", groupOf(correlation.written(), group)));
  }

  static Map<String, String> groupOf(SigmaCorrelation correlation, GroupKey group) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < correlation.groupBy().size(); i++) {
      values.put(correlation.groupBy().get(i), group.values().get(i));
    }
    return values;
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
