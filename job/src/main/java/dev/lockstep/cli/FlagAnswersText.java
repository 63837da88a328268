package dev.lockstep.cli;

import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FlagExplanation;
import dev.lockstep.flag.FlagReason;
import dev.lockstep.flag.FlagReason.Share;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Explanations of flags for people. */
final class FlagAnswersText {

  private final PrintWriter out;
  private final Colours colours;

  FlagAnswersText(PrintWriter out, Colours colours) {
    this.out = out;
    this.colours = colours;
  }

  void print(FlagAnswers answers) {
    printQuestion(answers);
    out.println();
    FlagExplanation<Boolean> ingress = answers.ingress();
    boolean letIn = ingress.decision().value();
    String decided = letIn ? colours.good("let in") : colours.bad("kept out");
    printDecision("Ingress", decided, ingress, answers);
    out.println();
    FlagExplanation<Disposition> egress = answers.egress();
    if (egress == null) {
      out.println(
          colours.bold("Egress: ")
              + colours.hint("depends on the rule; name it with --rule, and --rules PATH"));
    } else {
      printDecision("Egress", lane(egress.decision().value()), egress, answers);
      FlagNotes.ofEgress(egress, answers).forEach(note -> line(colours.hint("note"), 4, note));
    }
  }

  /** Says that a job would not take the flags, and why. */
  void printRefusal(String origin, String reason) {
    out.println(colours.mark(false) + " " + colours.bold("These flags would be refused"));
    line("from", origin);
    line("because", reason);
    out.println();
    out.println("A job keeps its last good flags; one that has none yet lets events wait.");
  }

  private void printQuestion(FlagAnswers answers) {
    FlagQuestion question = answers.question();
    String event = question.event();
    out.println(
        "Asked for customer %s, engine %s, %s"
            .formatted(
                quoted(question.customer()),
                quoted(question.engine()),
                event == null ? "any event" : "event " + quoted(event)));
    AskedRule rule = question.rule();
    if (rule != null) {
      out.println("  and rule " + Displayed.safe(FlagNotes.about(rule)));
      FlagNotes.of(rule, question.customer())
          .forEach(note -> out.println("  " + colours.hint(Displayed.safe(note))));
    }
    out.println(
        "Flags of %s, version %s"
            .formatted(Displayed.safe(answers.origin()), colours.bold(answers.version())));
    answers.doubts().forEach(doubt -> line(colours.hint("doubt"), 5, doubt));
  }

  private void printDecision(
      String gate, String decided, FlagExplanation<?> explanation, FlagAnswers answers) {
    List<Share> shares = answers.shares(explanation);
    boolean open = answers.isOpen(explanation);
    String answer =
        answers.isDecided(explanation)
            ? decided
            : shares.isEmpty()
                ? decided + colours.hint(", but the event may change that")
                : colours.hint("depends on the event");
    out.println(colours.bold(gate + ": ") + answer);
    Integer version = explanation.flagVersion();
    String by = explanation.reason() instanceof FlagReason.Fixed ? "option" : "flag";
    line(by, explanation.flag() + (version == null ? "" : ", version " + version));
    if (!shares.isEmpty()) {
      line("gives", divided(shares));
    } else if (explanation.given() != null) {
      line("gives", explanation.given());
    }
    new FlagReasonText(this::line).print(explanation, open);
    if (open) {
      line(
          colours.hint("event"),
          "event".length(),
          "looked at by "
              + String.join(", ", explanation.eventParts())
              + "; --event ID gives the answer for one");
    }
  }

  private String lane(Disposition disposition) {
    return switch (disposition) {
      case LIVE -> colours.good("live");
      case SHADOW -> colours.hint("shadow");
      case OFF -> colours.bad("off");
    };
  }

  private static String divided(List<Share> shares) {
    Map<String, Double> sums = new LinkedHashMap<>();
    shares.forEach(share -> sums.merge(share.given(), share.percent(), Double::sum));
    return sums.entrySet().stream()
        .map(sum -> sum.getKey() + " to " + percent(sum.getValue()))
        .collect(Collectors.joining(", ", "", " of the events"));
  }

  private static String percent(double percent) {
    return String.format(Locale.ROOT, "%.3f", percent).replaceFirst("\\.?0+$", "") + " %";
  }

  private void line(String label, String text) {
    line(colours.faint(label), label.length(), text);
  }

  private void line(String painted, int length, String text) {
    out.println("  " + painted + " ".repeat(9 - length) + Displayed.safe(text));
  }

  private static String quoted(String text) {
    return "'" + Displayed.safe(text) + "'";
  }
}
