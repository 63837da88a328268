package dev.lockstep.cli;

import dev.lockstep.cli.BundleState.Part;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The status of engines and rules for people. What rules and engines say commands no terminal. */
final class StatusText {
  private static final int MAX_ISSUE = 500;

  private final PrintWriter out;
  private final Colours colours;

  StatusText(PrintWriter out, Colours colours) {
    this.out = out;
    this.colours = colours;
  }

  /**
   * Prints a table for each engine, and the rules that people should look at.
   *
   * @param all whether all other rules are listed, too
   */
  void print(List<EngineState> engines, StatusLedger ledger, boolean all) {
    if (engines.isEmpty()) {
      out.println("No engine has a status.");
    }
    for (EngineState engine : engines) {
      print(engine);
      List<RuleState> rules =
          ledger.rulesOf(engine.engine()).stream()
              .filter(rule -> all || rule.isRemarkable())
              .toList();
      if (!rules.isEmpty()) {
        out.println();
      }
      print(rules);
      out.println();
    }
  }

  /** Prints how waiting ended, and the rules that were rejected. */
  void print(StatusWait.End end) {
    String why = Displayed.safe(end.why());
    out.println(
        switch (end.outcome()) {
          case IN_FORCE -> colours.good(why);
          case REJECTED_RULES -> colours.hint(why);
          case REFUSED, TIMED_OUT -> colours.bad(why);
        });
    print(end.rejected());
  }

  private void print(EngineState engine) {
    out.println(colours.bold(Displayed.safe(engine.engine())));
    BundleState bundle = engine.bundle();
    if (bundle == null) {
      row("bundle", "unknown: the engine says nothing of itself");
    } else {
      row("bundle", named(bundle));
      bundle.parts().forEach(part -> row("", named(part)));
    }
    row("published", engine.publishedAt());
    row("delivered", engine.deliveredAt());
    row("in force", inForce(engine));
    row("rules", counts(engine.rules()));
    EngineState.Flags flags = engine.flags();
    if (flags != null && flags.version() != null) {
      String version = Displayed.safe(flags.version());
      row("flags", flags.isInForceEverywhere() ? version : colours.hint(version + " so far"));
    }
    row("event time", engine.watermark());
    EngineState.Refusal refused = engine.refused();
    if (refused != null) {
      row(
          "refused",
          colours.bad(
              joined(
                  " ",
                  safe(named(refused.bundle())),
                  safe(refused.at()),
                  refused.reason() == null ? null : "because " + safe(refused.reason()))));
    }
    row("updated", engine.updatedAt());
  }

  private @Nullable String inForce(EngineState engine) {
    String subtasks = engine.subtasksInForce();
    if (engine.inForceAt() == null) {
      return subtasks.isEmpty() ? null : colours.hint(subtasks + " so far");
    }
    return joined(
        " ",
        safe(engine.inForceAt()),
        subtasks.isEmpty() ? null : subtasks,
        engine.publicationMillis() == null
            ? null
            : "(%,d ms after publication)".formatted(engine.publicationMillis()));
  }

  private String counts(EngineState.Counts counts) {
    return joined(
        ", ",
        count(counts.inForce(), "in force", false),
        count(counts.uncovered(), "uncovered", false),
        count(counts.rejected(), "rejected", true),
        count(counts.quarantined(), "quarantined", true));
  }

  private @Nullable String count(@Nullable Long count, String what, boolean bad) {
    if (count == null) {
      return null;
    }
    String text = "%,d %s".formatted(count, what);
    return bad && count > 0 ? colours.bad(text) : text;
  }

  private void print(List<RuleState> rules) {
    List<RuleState> sorted = new ArrayList<>(rules);
    sorted.sort(Comparator.comparing(RuleState::status).thenComparing(RuleState::rule));
    for (RuleState rule : sorted) {
      String status = "%-11s".formatted(Displayed.safe(rule.status()));
      out.println(
          "  "
              + joined(
                  "  ",
                  rule.isRemarkable() ? colours.bad(status) : status,
                  "%-20s".formatted(rule.since() == null ? "-" : safe(rule.since())),
                  Displayed.safe(rule.rule()),
                  rule.previousInForce() ? "(an earlier version is in force)" : null,
                  rule.isAwaitingRelease() ? "(in force again as soon as the engine runs)" : null,
                  rule.answeredAt() == null ? null : "(in force again)"));
      reasons(rule).forEach(reason -> out.println("      " + reason));
    }
  }

  private static List<String> reasons(RuleState rule) {
    return Stream.concat(
            Stream.concat(Stream.ofNullable(rule.reason()), rule.issues().stream())
                .map(text -> Displayed.safe(text, MAX_ISSUE)),
            rule.omittedIssues() == 0
                ? Stream.of()
                : Stream.of("and " + Amount.of(rule.omittedIssues(), "more issue")))
        .toList();
  }

  /** A row whose text has been made safe; none without a text. */
  private void row(String name, @Nullable String text) {
    if (text != null && !text.isEmpty()) {
      out.println("  %-10s %s".formatted(name, text));
    }
  }

  private static String named(BundleState bundle) {
    return bundle.version() == null ? "(no version)" : Displayed.safe(bundle.version());
  }

  private static String named(Part part) {
    return joined(" ", safe(part.name()), safe(part.version()), safe(part.revision()));
  }

  private static @Nullable String safe(@Nullable String text) {
    return text == null ? null : Displayed.safe(text);
  }

  private static String joined(String by, @Nullable String... texts) {
    return Stream.of(texts).filter(Objects::nonNull).collect(Collectors.joining(by));
  }
}
