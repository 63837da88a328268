package dev.lockstep.job.detect;

import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.correlation.CorrelationPlan;
import dev.lockstep.correlation.CorrelationPlan.Feed;
import dev.lockstep.correlation.Evidence;
import dev.lockstep.correlation.GroupKey;
import dev.lockstep.correlation.Occurrence;
import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.metrics.LabelledCounters;
import dev.lockstep.job.state.GroupOccurrences;
import dev.lockstep.job.state.Quarantine;
import dev.lockstep.program.RuleMatch;
import dev.lockstep.sigma.SigmaCorrelation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes occurrences of what rules find, for the correlations that take them. */
final class CorrelationFeed {

  private final LabelledCounters fed;
  private final LabelledCounters ungrouped;

  CorrelationFeed(EngineMetrics metrics) {
    this.fed = metrics.counters("correlationInputs", "rule");
    this.ungrouped = metrics.counters("correlationInputsUngrouped", "rule");
  }

  /** The occurrences of one event. */
  Feeding of(EventRecord event, ActiveRules rules, long sequence, Consumer<GroupOccurrences> out) {
    return new Feeding(event, rules, sequence, out);
  }

  /** Hands over what is found in one event. */
  final class Feeding {
    private final EventRecord event;
    private final CorrelationPlan plan;
    private final Quarantine quarantine;
    private final long sequence;
    private final Consumer<GroupOccurrences> out;
    private final Set<String> taken = new HashSet<>();

    private Feeding(
        EventRecord event, ActiveRules rules, long sequence, Consumer<GroupOccurrences> out) {
      this.event = event;
      this.plan = rules.correlations();
      this.quarantine = rules.quarantine();
      this.sequence = sequence;
      this.out = out;
    }

    /** Hands over a match to all correlations that take it. */
    void take(RuleMatch match) {
      String evidence = null;
      for (Feed feed : plan.feedsOf(match.rule().id())) {
        SigmaCorrelation correlation = feed.correlation().written();
        if (!correlation.appliesTo(event.customer)
            || quarantine.holds(correlation.id(), correlation.contentHash())
            || !isFirst(feed)) {
          continue;
        }
        Optional<List<String>> group = valuesOf(feed.groupFields(), match);
        if (group.isEmpty()) {
          ungrouped.of(correlation.id()).inc();
          continue;
        }
        fed.of(correlation.id()).inc();
        evidence = evidence == null ? evidenceOf(match) : evidence;
        emit(feed, group.get(), valuesOf(feed.valueFields(), match).orElse(List.of()), evidence);
      }
    }

    /** An event that several rules found is one event, unless it matters which rules they are. */
    private boolean isFirst(Feed feed) {
      return feed.tellsRulesApart() || taken.add(feed.correlation().written().id());
    }

    private void emit(Feed feed, List<String> group, List<String> values, String evidence) {
      String key =
          new GroupKey(
                  event.customer,
                  feed.correlation().written().id(),
                  feed.correlation().meaning(),
                  group)
              .encode();
      Occurrence occurrence =
          new Occurrence(
              event.occurredAtMillis, Evidence.bounded(event.id), feed.member(), values, evidence);
      out.accept(
          new GroupOccurrences(key, feed.correlation().stage(), sequence, List.of(occurrence)));
    }

    private String evidenceOf(RuleMatch match) {
      Map<String, String> fields = new LinkedHashMap<>(match.captured());
      match.matchedFields().forEach(fields::putIfAbsent);
      return Evidence.of(event.origin, fields);
    }
  }

  /** Empty if the event has no value of one of the fields. */
  private static Optional<List<String>> valuesOf(List<String> fields, RuleMatch match) {
    List<String> values = new ArrayList<>(fields.size());
    for (String field : fields) {
      @Nullable String value = match.captured().get(field);
      if (value == null) {
        return Optional.empty();
      }
      values.add(Evidence.bounded(value));
    }
    return Optional.of(values);
  }
}
