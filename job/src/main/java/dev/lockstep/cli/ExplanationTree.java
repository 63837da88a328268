package dev.lockstep.cli;

import dev.lockstep.explain.Join;
import dev.lockstep.explain.Omitted;
import dev.lockstep.explain.Reason;
import dev.lockstep.explain.Subject;
import dev.lockstep.explain.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns reasons into lines. */
final class ExplanationTree {
  private static final int MAX_LABEL = 120;
  private static final int MAX_VALUE = 160;

  private final List<TreeLine> lines = new ArrayList<>();
  private final boolean onlyWhy;

  private ExplanationTree(boolean onlyWhy) {
    this.onlyWhy = onlyWhy;
  }

  /**
   * @param onlyWhy whether to say nothing more of a part that holds than that it does
   */
  static List<TreeLine> of(Reason reason, boolean onlyWhy) {
    ExplanationTree tree = new ExplanationTree(onlyWhy);
    tree.add(0, reason);
    return tree.lines;
  }

  private void add(int depth, Reason reason) {
    reason.choose(new Branch(depth, "", reason.holds()));
  }

  private void line(int depth, @Nullable Boolean verdict, String label, String note) {
    lines.add(new TreeLine(depth, verdict, Displayed.safe(label, MAX_LABEL), note, false));
  }

  private void hint(int depth, @Nullable String hint) {
    if (hint != null) {
      lines.add(new TreeLine(depth, null, "→ " + Displayed.safe(hint), "", true));
    }
  }

  private void omitted(int depth, Omitted omitted) {
    if (omitted.count() > 0) {
      line(depth, null, "… and %,d more, %s".formatted(omitted.count(), matching(omitted)), "");
    }
  }

  private static String matching(Omitted omitted) {
    if (omitted.holding() == 0) {
      return "none of which matches";
    }
    return omitted.holding() == omitted.count()
        ? "all of which match"
        : "of which %,d match".formatted(omitted.holding());
  }

  private static String of(Join join) {
    return join == Join.ALL ? "all of" : "any of";
  }

  /** One reason at its place; a {@code not} and a name go before what they are about. */
  private final class Branch implements Reason.Cases<Boolean> {
    private final int depth;
    private final String prefix;
    private final boolean verdict;

    Branch(int depth, String prefix, boolean verdict) {
      this.depth = depth;
      this.prefix = prefix;
      this.verdict = verdict;
    }

    @Override
    public Boolean combined(Reason.Combined reason) {
      line(depth, verdict, prefix + of(reason.join()), "");
      if (isOpen()) {
        reason.parts().forEach(part -> add(depth + 1, part));
        omitted(depth + 1, reason.omitted());
      }
      return verdict;
    }

    @Override
    public Boolean negated(Reason.Negated reason) {
      return reason.negated().choose(new Branch(depth, prefix + "not ", verdict));
    }

    @Override
    public Boolean identifier(Reason.Identifier reason) {
      if (reason.detection() instanceof Reason.Combined combined) {
        return combined.choose(new Branch(depth, prefix + reason.name() + ": ", verdict));
      }
      line(depth, verdict, prefix + reason.name(), "");
      if (isOpen()) {
        add(depth + 1, reason.detection());
      }
      return verdict;
    }

    @Override
    public Boolean tests(Reason.Tests reason) {
      String subject = prefix + Objects.requireNonNullElse(reason.subject().field(), "any text");
      if (reason.tests().size() == 1) {
        Test test = reason.tests().get(0);
        String seen = seen(reason.subject(), test);
        line(depth, verdict, subject + " " + test.phrase(), seen);
        hint(depth + 1, reason.subject().hint());
        hint(depth + 1, test.hint());
      } else {
        list(subject, reason);
      }
      return verdict;
    }

    private void list(String subject, Reason.Tests reason) {
      List<Test> tests = reason.tests();
      String verb = tests.get(0).phrase().verb();
      boolean sameVerb =
          tests.stream()
              .allMatch(t -> t.phrase().verb().equals(verb) && !t.phrase().object().isEmpty());
      String hint = tests.get(0).hint();
      boolean sameHint = tests.stream().allMatch(test -> Objects.equals(test.hint(), hint));
      line(
          depth,
          verdict,
          subject + " " + (sameVerb ? verb + " " : "") + of(reason.join()),
          seen(reason.subject(), null));
      hint(depth + 1, reason.subject().hint());
      hint(depth + 1, sameHint ? hint : null);
      if (isOpen()) {
        for (Test test : tests) {
          String label = sameVerb ? test.phrase().object() : test.phrase().toString();
          listed(label, test, reason.subject(), sameHint);
        }
        omitted(depth + 1, reason.omitted());
      }
    }

    private void listed(String label, Test test, Subject subject, boolean hintSaid) {
      String hint = test.hint();
      if (hint != null && !hintSaid) {
        lines.add(
            new TreeLine(
                depth + 1,
                test.holds(),
                Displayed.safe(label, MAX_LABEL),
                "→ " + Displayed.safe(hint),
                true));
      } else {
        line(depth + 1, test.holds(), label, by(subject, test));
      }
    }

    private boolean isOpen() {
      return !onlyWhy || !verdict;
    }
  }

  private static String seen(Subject subject, @Nullable Test only) {
    String by = only == null ? "" : by(subject, only);
    if (subject.field() == null) {
      return by.isEmpty() ? "in " + Amount.of(subject.moreValues(), "value") : by;
    }
    if (!subject.present()) {
      return "absent";
    }
    if (subject.values().isEmpty()) {
      return "an object or an empty list";
    }
    List<String> values =
        new ArrayList<>(
            subject.values().stream().map(value -> DisplayedValue.of(value, MAX_VALUE)).toList());
    if (subject.moreValues() > 0) {
      values.add("… %,d more".formatted(subject.moreValues()));
    }
    return String.join(", ", values) + (by.isEmpty() ? "" : "; " + by);
  }

  /** Which value it was, where that is not plain to see. */
  private static String by(Subject subject, Test test) {
    if (test.by() == null) {
      return "";
    }
    String value = DisplayedValue.of(test.by().value(), MAX_VALUE);
    if (subject.field() == null) {
      return Displayed.safe(test.by().path(), MAX_LABEL) + " = " + value;
    }
    return subject.values().size() + subject.moreValues() > 1 ? "by " + value : "";
  }
}
