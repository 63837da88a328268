package dev.lockstep.coverage;

import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.sigma.Condition;
import dev.lockstep.sigma.FilteredRules;
import dev.lockstep.sigma.Position;
import dev.lockstep.sigma.SigmaCorrelation;
import dev.lockstep.sigma.SigmaFilter;
import dev.lockstep.sigma.SigmaRule;
import dev.lockstep.sigma.WrittenPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A rule, filter or correlation, and what its parts have answered so far. */
final class WatchedDocument {
  private final String file;
  private final Position position;
  private final boolean filter;
  private final boolean correlation;
  private final String id;
  private final String title;
  private final List<SigmaRule> judging;
  private final List<SigmaRule> whole;
  private final List<WatchedPart> parts = new ArrayList<>();
  private boolean tested;

  private WatchedDocument(
      String file,
      Position position,
      boolean filter,
      boolean correlation,
      String id,
      String title,
      List<SigmaRule> judging,
      List<SigmaRule> whole) {
    this.file = file;
    this.position = position;
    this.filter = filter;
    this.correlation = correlation;
    this.id = id;
    this.title = title;
    this.judging = judging;
    this.whole = whole;
  }

  /** A rule, and as a whole the rule with the filters that are added to it. */
  static WatchedDocument of(
      String file,
      SigmaRule rule,
      List<SigmaFilter> filters,
      Map<Position, List<WrittenPart>> written) {
    List<SigmaRule> filtered = FilteredRules.of(List.of(rule), filters);
    boolean alone =
        rule.condition() instanceof Condition.Identifier
            && filtered.stream().allMatch(each -> each.filters().isEmpty());
    WatchedDocument document =
        new WatchedDocument(
            file,
            rule.position(),
            /* filter= */ false,
            /* correlation= */ false,
            rule.id(),
            rule.title(),
            List.of(rule),
            alone ? List.of() : filtered);
    document.addParts(rule.condition(), written);
    return document;
  }

  /**
   * A filter, on the events of the rules that it is added to.
   *
   * @param rules those that it is added to
   */
  static WatchedDocument of(
      String file,
      SigmaFilter filter,
      List<SigmaRule> rules,
      Map<Position, List<WrittenPart>> written) {
    List<SigmaRule> judging =
        rules.stream()
            .map(rule -> rule.within(filter.customers()))
            .filter(rule -> !rule.customers().isEmpty())
            .toList();
    WatchedDocument document =
        new WatchedDocument(
            file,
            filter.position(),
            /* filter= */ true,
            /* correlation= */ false,
            filter.id(),
            filter.title(),
            judging,
            isOneIdentifier(filter.condition())
                ? List.of()
                : judging.stream()
                    .map(rule -> rule.asking(filter.detections(), filter.condition()))
                    .toList());
    document.addParts(filter.condition(), written);
    return document;
  }

  /** A correlation, which is true of a case as a whole and not of an event. */
  static WatchedDocument of(String file, SigmaCorrelation correlation) {
    WatchedDocument document =
        new WatchedDocument(
            file,
            correlation.position(),
            /* filter= */ false,
            /* correlation= */ true,
            correlation.id(),
            correlation.title(),
            List.of(),
            List.of());
    document.parts.add(WatchedPart.whole(correlation.position()));
    return document;
  }

  private static boolean isOneIdentifier(Condition condition) {
    return condition instanceof Condition.Identifier
        || (condition instanceof Condition.Not not && isOneIdentifier(not.negated()));
  }

  private void addParts(Condition condition, Map<Position, List<WrittenPart>> written) {
    if (!whole.isEmpty()) {
      parts.add(WatchedPart.whole(position));
    }
    Set<String> named = condition.choose(new NamedIdentifiers());
    written.getOrDefault(position, List.of()).stream()
        .filter(part -> named.contains(part.identifier()))
        .map(WatchedPart::of)
        .forEach(parts::add);
  }

  /**
   * Takes note of what a case came to, if this is a correlation.
   *
   * @param found ids of the correlations that found something
   */
  void saw(Set<String> found) {
    if (correlation) {
      tested = true;
      parts.forEach(part -> part.saw(found.contains(id)));
    }
  }

  /** Has the program ask all parts of a rule or filter, and answer them here. */
  void ask(Questions questions, FieldMapping mapping) {
    if (correlation) {
      return;
    }
    Questions.Answers judged = questions.add(mapping, judging, Probe::always);
    judged.then(answer -> tested |= answer);
    for (WatchedPart part : parts) {
      ask(part, questions, mapping, judged);
    }
  }

  private void ask(
      WatchedPart part, Questions questions, FieldMapping mapping, Questions.Answers judged) {
    WrittenPart written = part.written();
    Questions.Answers answers =
        written == null
            ? questions.add(mapping, whole, Probe::numbered)
            : questions.add(
                mapping, judging, (rule, number) -> Probe.of(rule, number, written.detection()));
    answers.then(
        answer -> {
          if (judged.any()) {
            part.saw(answer);
          }
        });
    part.parts().forEach(each -> ask(each, questions, mapping, judged));
  }

  CoveredDocument soFar() {
    return new CoveredDocument(
        file, position, filter, id, title, tested, parts.stream().map(WatchedPart::soFar).toList());
  }
}
