package dev.lockstep.cli;

import dev.lockstep.explain.Explanation;
import dev.lockstep.sigma.SigmaRule;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Explanations for people: a tree with a mark for each part and beside it what was seen. */
final class ExplanationText {
  private static final int MAX_NOTE_COLUMN = 60;
  private static final String MARGIN = "  ";

  private final PrintWriter out;
  private final Colours colours;
  private final ExplainableRules rules;

  ExplanationText(PrintWriter out, Colours colours, ExplainableRules rules) {
    this.out = out;
    this.colours = colours;
    this.rules = rules;
  }

  void print(List<EventVerdict> verdicts) {
    for (int i = 0; i < verdicts.size(); i++) {
      if (i > 0) {
        out.println();
      }
      print(verdicts.get(i));
    }
  }

  private void print(EventVerdict verdict) {
    for (int i = 0; i < verdict.explained().size(); i++) {
      if (i > 0) {
        out.println();
      }
      print(verdict, verdict.explained().get(i), false);
    }
    if (verdict.explained().isEmpty()) {
      out.printf(
          "%s matches none of %s%s%n",
          verdict.place(),
          Amount.of(verdict.judged(), "rule"),
          verdict.nearest().isEmpty() ? ", and none comes near" : "; these come nearest:");
      for (Explanation miss : verdict.nearest()) {
        out.println();
        print(verdict, miss, true);
      }
    }
  }

  private void print(EventVerdict verdict, Explanation explanation, boolean onlyWhy) {
    SigmaRule rule = explanation.rule();
    out.println(
        colours.mark(explanation.matches()) + " " + colours.bold(Displayed.safe(rule.title())));
    out.println(MARGIN + colours.faint(Displayed.safe(about(rule))));
    if (!onlyWhy) {
      String verb = explanation.matches() ? " matches" : " does not match";
      out.println(MARGIN + verdict.place() + verb);
    }
    if (!explanation.applies()) {
      out.println(
          MARGIN + colours.hint("the rule does not judge events of " + explanation.customer()));
    }
    out.println();
    printTree(ExplanationTree.of(explanation.condition(), onlyWhy));
  }

  private String about(SigmaRule rule) {
    String level = rule.level() == null ? "" : rule.level().name().toLowerCase(Locale.ROOT) + "  ";
    return level + rules.placeOf(rule) + (rule.id().equals(rule.title()) ? "" : "  " + rule.id());
  }

  private void printTree(List<TreeLine> lines) {
    int column =
        lines.stream()
            .filter(line -> !line.note().isEmpty())
            .mapToInt(TreeLine::width)
            .filter(width -> width <= MAX_NOTE_COLUMN)
            .max()
            .orElse(0);
    lines.forEach(line -> out.println(MARGIN + text(line, column)));
  }

  private String text(TreeLine line, int column) {
    String indent = "  ".repeat(line.depth());
    Boolean verdict = line.verdict();
    if (verdict == null) {
      return indent + (line.hint() ? colours.hint(line.label()) : colours.faint(line.label()));
    }
    String start = indent + colours.mark(verdict) + " " + line.label();
    if (line.note().isEmpty()) {
      return start;
    }
    String gap = " ".repeat(Math.max(0, column - line.width()) + 2);
    return start + gap + (line.hint() ? colours.hint(line.note()) : colours.faint(line.note()));
  }
}
