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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

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
        Optional<GroupKey> group = feed.groupOf(event.customer, match.captured());
        if (group.isEmpty()) {
          ungrouped.of(correlation.id()).inc();
          continue;
        }
        fed.of(correlation.id()).inc();
        evidence = evidence == null ? evidenceOf(match) : evidence;
        Occurrence occurrence =
            feed.occurrence(event.occurredAtMillis, event.id, match.captured(), evidence);
        out.accept(
            new GroupOccurrences(
                group.get().encode(), feed.correlation().stage(), sequence, List.of(occurrence)));
      }
    }

    /** An event that several rules found is one event, unless it matters which rules they are. */
    private boolean isFirst(Feed feed) {
      return feed.tellsRulesApart() || taken.add(feed.correlation().written().id());
    }

    private String evidenceOf(RuleMatch match) {
      Map<String, String> fields = new LinkedHashMap<>(match.captured());
      match.matchedFields().forEach(fields::putIfAbsent);
      return Evidence.of(event.origin, fields);
    }
  }
}
