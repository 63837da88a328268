package dev.lockstep.cli;

import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FlagExplanation;
import dev.lockstep.flag.FlagSubject.RuleAttributes;
import dev.lockstep.flag.ShadowStage;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is to be said about a rule, and about a decision besides the flag. */
final class FlagNotes {
  private FlagNotes() {}

  /** The rule with what flags may ask of it. */
  static String about(AskedRule rule) {
    RuleAttributes attributes = rule.attributes();
    SigmaRule source = rule.source();
    String known =
        Stream.of(
                attributes.level() == null ? null : "level " + attributes.level(),
                attributes.status() == null ? null : "status " + attributes.status(),
                source == null ? null : "stage " + source.stage().term())
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "));
    String title =
        source == null || source.title().equals(attributes.id()) ? "" : " (" + source.title() + ")";
    return "'" + attributes.id() + "'" + title + (known.isEmpty() ? "" : ": " + known);
  }

  /** What is unknown or odd about the rule. */
  static List<String> of(AskedRule rule, String customer) {
    List<String> notes = new ArrayList<>();
    List<String> unknown = rule.unknown();
    if (!unknown.isEmpty()) {
      notes.add(
          "its "
              + (unknown.size() == 1
                  ? unknown.get(0) + " is"
                  : String.join(", ", unknown.subList(0, unknown.size() - 1))
                      + " and "
                      + unknown.get(unknown.size() - 1)
                      + " are")
              + " unknown: --rules PATH tells where it is");
    }
    if (!rule.judges(customer)) {
      notes.add("it does not judge events of this customer");
    }
    return notes;
  }

  /** What else decides about the lane. */
  static List<String> ofEgress(FlagExplanation<Disposition> egress, FlagAnswers answers) {
    boolean keptOut = !answers.ingress().decision().value();
    return keptOut && !answers.isOpen(answers.ingress())
        ? List.of("no event comes this far: ingress keeps it out")
        : ofStage(egress, answers);
  }

  private static List<String> ofStage(FlagExplanation<Disposition> egress, FlagAnswers answers) {
    AskedRule rule = answers.question().rule();
    if (rule != null && rule.shadowOnly()) {
      boolean changed = egress.decision().reason().equals(ShadowStage.REASON);
      return changed || answers.isOpen(egress)
          ? List.of("the rule's stage is shadow: it never goes live (" + ShadowStage.REASON + ")")
          : List.of();
    }
    boolean stageKnown = rule != null && rule.source() != null;
    return !stageKnown && (egress.decision().value() == Disposition.LIVE || answers.isOpen(egress))
        ? List.of("if the rule's stage is shadow, its alerts go to shadow all the same")
        : List.of();
  }
}
