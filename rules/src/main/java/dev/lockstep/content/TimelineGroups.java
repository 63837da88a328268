package dev.lockstep.content;

import dev.lockstep.correlation.Correlation;
import dev.lockstep.correlation.CorrelationLinks;
import dev.lockstep.correlation.CorrelationPlan;
import dev.lockstep.correlation.CorrelationPlan.Feed;
import dev.lockstep.correlation.Evidence;
import dev.lockstep.correlation.Finding;
import dev.lockstep.correlation.Group;
import dev.lockstep.correlation.GroupKey;
import dev.lockstep.correlation.Occurrence;
import dev.lockstep.correlation.Slots;
import dev.lockstep.program.RuleMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The groups of correlations over one timeline. Feeds them and has time pass for them as the engine
 * does, but all in memory and in the order of time.
 */
final class TimelineGroups {

  /** So many events or values are kept of a group: more than a timeline has. */
  private static final int MOST = 1_000_000;

  private final CorrelationPlan plan;
  private final String customer;

  /** What waits for each group, by the stage of its correlation. */
  private final Map<Integer, Map<GroupKey, List<Occurrence>>> waiting = new HashMap<>();

  TimelineGroups(CorrelationPlan plan, String customer) {
    this.plan = plan;
    this.customer = customer;
  }

  /**
   * What a correlation has found.
   *
   * @param group the values that the group has
   */
  record Found(Correlation correlation, GroupKey group, Finding finding) {}

  /** Feeds what rules find in one event. */
  void feed(TimelineEvent event, List<RuleMatch> matches) {
    Set<String> taken = new HashSet<>();
    for (RuleMatch match : matches) {
      for (Feed feed : plan.feedsOf(match.rule().id())) {
        // An event that several rules found is one event, unless it matters which rules they are.
        if (isForCustomer(feed)
            && (feed.tellsRulesApart() || taken.add(feed.correlation().written().id()))) {
          add(feed, event.atMillis(), event.id(), match.captured());
        }
      }
    }
  }

  private boolean isForCustomer(Feed feed) {
    return feed.correlation().written().appliesTo(customer);
  }

  private void add(Feed feed, long atMillis, String id, Map<String, String> fields) {
    feed.groupOf(customer, fields)
        .ifPresent(
            group ->
                waiting
                    .computeIfAbsent(feed.correlation().stage(), stage -> new LinkedHashMap<>())
                    .computeIfAbsent(group, key -> new ArrayList<>())
                    .add(feed.occurrence(atMillis, id, fields, Evidence.of("", fields))));
  }

  /** Has all time pass up to there; what one stage finds is fed to those after it. */
  List<Found> findUntil(long millis) {
    List<Found> found = new ArrayList<>();
    for (int stage = 1; stage <= CorrelationLinks.STAGES; stage++) {
      List<Found> ofStage = new ArrayList<>();
      waiting
          .getOrDefault(stage, Map.of())
          .forEach((key, occurrences) -> judge(key, occurrences, millis, ofStage));
      ofStage.forEach(this::feed);
      found.addAll(ofStage);
    }
    return found;
  }

  private void feed(Found found) {
    Map<String, String> fields = found.correlation.fieldsOf(found.group);
    for (Feed feed : plan.feedsOf(found.correlation.written().id())) {
      if (isForCustomer(feed)) {
        add(feed, found.finding.atMillis(), found.finding.idOf(found.group), fields);
      }
    }
  }

  private void judge(GroupKey key, List<Occurrence> occurrences, long until, List<Found> found) {
    Correlation correlation = plan.correlation(key.correlation()).orElseThrow();
    Slots slots = new MemorySlots();
    TreeSet<Long> wakes = new TreeSet<>();
    new Group(slots).add(occurrences, Long.MIN_VALUE, wakes::add, late -> {});
    Long due = wakes.pollFirst();
    while (due != null && due <= until) {
      new Group(slots)
          .advance(correlation, MOST, due, due, wakes::add)
          .findings()
          .forEach(finding -> found.add(new Found(correlation, key, finding)));
      due = wakes.pollFirst();
    }
  }

  private static final class MemorySlots implements Slots {
    private final Map<Long, byte[]> bytes = new HashMap<>();

    @Override
    public byte @Nullable [] get(long slot) {
      return bytes.get(slot);
    }

    @Override
    public void put(long slot, byte[] piece) {
      bytes.put(slot, piece);
    }

    @Override
    public void remove(long slot) {
      bytes.remove(slot);
    }
  }
}
