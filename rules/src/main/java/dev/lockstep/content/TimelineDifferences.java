package dev.lockstep.content;

import dev.lockstep.sigma.RuleLevel;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What of the alerts of a timeline is not as it is expected. */
final class TimelineDifferences {
  private final AlertingRules rules;
  private final List<RaisedAlert> open;
  private final List<Difference> differences = new ArrayList<>();

  private TimelineDifferences(AlertingRules rules, List<RaisedAlert> raised) {
    this.rules = rules;
    this.open = new ArrayList<>(raised);
  }

  /** None if all alerts are as expected, and there are no others. */
  static List<Difference> of(
      List<ExpectedTimelineAlert> expected, List<RaisedAlert> raised, AlertingRules rules) {
    TimelineDifferences all = new TimelineDifferences(rules, raised);
    all.compare(expected);
    return all.differences;
  }

  /**
   * An alert is compared with one of the same rule and time, and if there is none with the next of
   * the same rule that is left over.
   */
  private void compare(List<ExpectedTimelineAlert> expected) {
    Map<Integer, List<Difference>> found = new TreeMap<>();
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      ExpectedTimelineAlert alert = expected.get(i);
      String rule = rules.idOf(alert);
      List<Difference> wrong =
          take(
              alert,
              i + 1,
              raised -> raised.rule().equals(rule) && raised.atMillis() == alert.atMillis());
      if (wrong == null) {
        left.add(i);
      } else {
        found.put(i, wrong);
      }
    }
    for (int i : left) {
      ExpectedTimelineAlert alert = expected.get(i);
      String rule = rules.idOf(alert);
      List<Difference> wrong = take(alert, i + 1, raised -> raised.rule().equals(rule));
      found.put(i, wrong == null ? List.of(missing(alert, i + 1)) : wrong);
    }
    found.values().forEach(differences::addAll);
    open.forEach(raised -> differences.add(unwanted(raised)));
  }

  /** Compares with the most similar of these, the earliest of several; null if there is none. */
  private @Nullable List<Difference> take(
      ExpectedTimelineAlert expected, int number, Predicate<RaisedAlert> like) {
    RaisedAlert best =
        open.stream()
            .filter(like)
            .min(Comparator.comparingInt(raised -> compare(expected, number, raised).size()))
            .orElse(null);
    if (best == null) {
      return null;
    }
    open.remove(best);
    return compare(expected, number, best);
  }

  private Difference missing(ExpectedTimelineAlert alert, int number) {
    String wanted = "'%s' at %s".formatted(rules.titleOf(alert), span(alert.atMillis()));
    return new Difference(
        "alert " + number,
        wanted,
        "no alert",
        "alert %d: expected %s, there was none".formatted(number, wanted));
  }

  private static Difference unwanted(RaisedAlert raised) {
    return new Difference(
        "alerts", "no other alert", raised.told(), "expected no other alert, but " + raised.told());
  }

  private static List<Difference> compare(
      ExpectedTimelineAlert expected, int number, RaisedAlert raised) {
    List<Difference> wrong = new ArrayList<>();
    String of = " of alert " + number;
    if (expected.atMillis() != raised.atMillis()) {
      wrong.add(Difference.of("at" + of, span(expected.atMillis()), span(raised.atMillis())));
    }
    Long count = expected.count();
    if (count != null && !count.equals(raised.count())) {
      wrong.add(Difference.of("count" + of, count.toString(), orAbsent(raised.count())));
    }
    expected
        .group()
        .forEach(
            (name, value) -> {
              String actual = raised.group().get(name);
              if (!value.equals(actual)) {
                wrong.add(
                    Difference.of(
                        "group." + name + of,
                        Quoted.text(value),
                        actual == null
                            ? "absent; there is " + Quoted.list(raised.group().keySet())
                            : Quoted.text(actual)));
              }
            });
    RuleLevel level = expected.level();
    if (level != null && level != raised.level()) {
      RuleLevel actual = raised.level();
      wrong.add(
          Difference.of("level" + of, level.term(), actual == null ? "absent" : actual.term()));
    }
    BigDecimal value = expected.value();
    BigDecimal actual = raised.value();
    if (value != null && (actual == null || value.compareTo(actual) != 0)) {
      wrong.add(
          Difference.of(
              "value" + of,
              value.toPlainString(),
              actual == null ? "absent" : actual.toPlainString()));
    }
    Long events = expected.events();
    if (events != null && events != raised.events()) {
      wrong.add(Difference.of("events" + of, events.toString(), Long.toString(raised.events())));
    }
    return wrong;
  }

  private static String orAbsent(@Nullable Long number) {
    return number == null ? "absent" : number.toString();
  }

  private static String span(long millis) {
    return TimelineSpan.of(millis);
  }
}
