package dev.lockstep.content;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the points in time of a case: the key {@code timeline}. */
final class TimelineReader {
  private static final Set<String> KEYS =
      Collections.unmodifiableSet(new LinkedHashSet<>(List.of("at", "event", "repeat", "every")));
  private static final int MOST_EVENTS = 100_000;

  /** What stands for the number of the repetition, from 1. */
  private static final String NUMBER = "{{n}}";

  private final YamlIssues issues;
  private final List<Written> written = new ArrayList<>();
  private long untilMillis;

  TimelineReader(YamlIssues issues) {
    this.issues = issues;
  }

  /** An event before all of them have been put into the order of time. */
  private record Written(long atMillis, String json) {}

  /** Returns a timeline that is empty where something was wrong, after the report of it. */
  Timeline read(Node node, List<ExpectedTimelineAlert> alerts) {
    if (node instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
      sequence
          .getValue()
          .forEach(
              point -> YamlMap.of(point, "a point in time", KEYS, issues).ifPresent(this::add));
    } else {
      issues.report(node, "'timeline' must be a list of at least one point in time");
    }
    written.sort(Comparator.comparingLong(Written::atMillis));
    List<TimelineEvent> events = new ArrayList<>(written.size());
    for (Written event : written) {
      events.add(new TimelineEvent(event.atMillis, "e" + (events.size() + 1), event.json));
    }
    return new Timeline(events, untilMillis, alerts);
  }

  private void add(YamlMap point) {
    Optional<Long> at = point.required("at").flatMap(node -> span(node, "at"));
    Optional<Node> event = point.optional("event");
    Optional<String> json = event.flatMap(node -> CaseEventJson.of(node, issues));
    Optional<Node> repeat = point.optional("repeat");
    Optional<Node> every = point.optional("every");
    long times = repeat.flatMap(this::times).orElse(1L);
    long step = every.flatMap(node -> span(node, "every")).orElse(0L);
    if (event.isEmpty() && repeat.isPresent()) {
      issues.report(repeat.get(), "'repeat' is of an 'event', and there is none");
    }
    if (repeat.isEmpty() && every.isPresent()) {
      issues.report(every.get(), "'every' is of a 'repeat', and there is none");
    }
    if (at.isEmpty()) {
      return;
    }
    long last = at.get() + (times - 1) * step;
    if (TimelineSpan.isTooLong(last)) {
      issues.report(point.node(), "the repetitions take too long");
      return;
    }
    untilMillis = Math.max(untilMillis, last);
    if (json.isPresent()) {
      if (written.size() + times > MOST_EVENTS) {
        issues.report(point.node(), "a timeline has at most " + MOST_EVENTS + " events");
        return;
      }
      for (int n = 1; n <= times; n++) {
        written.add(
            new Written(
                at.get() + (n - 1) * step,
                repeat.isEmpty() ? json.get() : json.get().replace(NUMBER, Integer.toString(n))));
      }
    }
  }

  private Optional<Long> span(Node node, String key) {
    return TimelineSpan.read(node, key, issues);
  }

  private Optional<Long> times(Node node) {
    return TimelineNumbers.whole(node, "repeat", 1, MOST_EVENTS, issues);
  }
}
