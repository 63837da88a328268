package dev.lockstep.cli;

import dev.lockstep.content.Content;
import dev.lockstep.content.ContentFile;
import dev.lockstep.sigma.Issue;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The issues of rule files, one a line. On a terminal, where no program reads along, the offending
 * line follows each.
 */
final class RulesCheckText {
  private static final int SHOWN_WIDTH = 100;
  private static final int SHOWN_BEFORE = 70;

  private final PrintWriter out;
  private final Colours colours;

  RulesCheckText(PrintWriter out, Colours colours) {
    this.out = out;
    this.colours = colours;
  }

  void print(Content content) {
    Map<String, List<String>> texts =
        content.files().stream()
            .collect(
                Collectors.toMap(
                    ContentFile::path, file -> file.document().text().lines().toList()));
    List<Issue> issues = content.issues();
    List<Issue> warnings = content.warnings();
    for (Issue issue : issues) {
      out.println(issue);
      show(issue, texts);
    }
    for (Issue warning : warnings) {
      out.println("warning: " + warning);
      show(warning, texts);
    }
    long broken = issues.stream().map(Issue::file).distinct().count();
    out.printf(
        "%s in %s: %s%s%n",
        Amount.of(content.ruleCount(), "good rule"),
        Amount.of(content.files().size(), "file"),
        issues.isEmpty()
            ? colours.good("no issues")
            : colours.bad(Amount.of(issues.size(), "issue") + " in " + Amount.of(broken, "file")),
        warnings.isEmpty() ? "" : ", " + Amount.of(warnings.size(), "warning"));
  }

  /** On a terminal, shows the part of the line around the column, with a caret under it. */
  private void show(Issue issue, Map<String, List<String>> texts) {
    List<String> lines = texts.getOrDefault(issue.file(), List.of());
    if (!colours.shown() || issue.line() > lines.size()) {
      return;
    }
    int[] line = lines.get(issue.line() - 1).codePoints().map(c -> isShown(c) ? c : ' ').toArray();
    int at = Math.min(issue.column() - 1, line.length);
    int from = Math.max(0, at - SHOWN_BEFORE);
    int to = Math.min(line.length, from + SHOWN_WIDTH);
    String number = "%5d │ ".formatted(issue.line());
    out.println(colours.faint(number) + new String(line, from, to - from));
    out.println(colours.faint("      │ ") + " ".repeat(at - from) + colours.bad("^"));
  }

  /** A tab or a control character would move the caret, or worse. */
  private static boolean isShown(int character) {
    return Displayed.safe(Character.toString(character)).length() == Character.charCount(character);
  }
}
