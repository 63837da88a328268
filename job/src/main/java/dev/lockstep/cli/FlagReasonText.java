package dev.lockstep.cli;

import dev.lockstep.flag.FlagExplanation;
import dev.lockstep.flag.FlagReason;
import dev.lockstep.flag.FlagReason.Rollout;
import dev.lockstep.flag.FlagReason.Share;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Puts the reason of a flag's answer into labelled lines. */
final class FlagReasonText {
  private static final String NOTHING = "nothing";

  private final BiConsumer<String, String> line;

  /** {@code line} takes a label, which may be empty, and a text. */
  FlagReasonText(BiConsumer<String, String> line) {
    this.line = line;
  }

  /**
   * Prints why.
   *
   * @param open whether the event is not known and would matter: where it falls is left out
   */
  void print(FlagExplanation<?> explanation, boolean open) {
    print("because", "", explanation.reason());
    Rollout rollout = FlagAnswers.rollout(explanation.reason());
    if (rollout != null) {
      print(rollout, open && rollout.contextKind().equals("event"));
    }
    if (!FlagAnswers.isEvaluated(explanation)
        && !(explanation.reason() instanceof FlagReason.Failed)) {
      line.accept(
          "but", "that is no value for this flag (" + explanation.decision().reason() + ")");
    }
  }

  private void print(String label, String start, FlagReason reason) {
    line.accept(label, start + words(reason));
    if (reason instanceof FlagReason.RuleMatch match) {
      String word = "    ";
      for (String clause : match.clauses()) {
        line.accept("", word + clause);
        word = "and ";
      }
    } else if (reason instanceof FlagReason.PrerequisiteFailed failed) {
      print("", "'" + failed.flag() + "': ", failed.reason());
    }
  }

  private static String words(FlagReason reason) {
    if (reason instanceof FlagReason.Off) {
      return "the flag is off (OFF)";
    } else if (reason instanceof FlagReason.Fixed) {
      return "there are no flags: flags.source is none (FIXED)";
    } else if (reason instanceof FlagReason.TargetMatch target) {
      return "%s '%s' is in a target list of %d (TARGET_MATCH)"
          .formatted(target.contextKind(), target.key(), target.listed());
    } else if (reason instanceof FlagReason.RuleMatch match) {
      return "rule %d of %d matches%s (RULE_MATCH)"
          .formatted(match.index() + 1, match.rules(), id(match.id()));
    } else if (reason instanceof FlagReason.PrerequisiteFailed failed) {
      return "its prerequisite '%s' must give %s, but gives %s (PREREQUISITE_FAILED)"
          .formatted(
              failed.flag(), failed.wanted(), failed.given() == null ? NOTHING : failed.given());
    } else if (reason instanceof FlagReason.Failed failed) {
      return "it cannot be evaluated: " + failed.problem();
    }
    return "no target list and no rule matches: the default rule decides (FALLTHROUGH)";
  }

  private static String id(@Nullable String id) {
    return id == null || id.isEmpty() ? "" : ", id " + id;
  }

  private void print(Rollout rollout, boolean anyEvent) {
    String value = rollout.value();
    Double position = rollout.position();
    if (anyEvent) {
      line.accept("divides", "events by percent");
    } else if (value == null || position == null) {
      line.accept("divides", nobody(rollout));
    } else {
      String by = rollout.attribute().equals("key") ? "" : " " + rollout.attribute();
      line.accept(
          "divides",
          "%ss by percent: %s%s '%s' falls at %s %%"
              .formatted(
                  rollout.contextKind(), rollout.contextKind(), by, value, precise(position)));
    }
    for (int i = 0; i < rollout.shares().size(); i++) {
      line.accept("", share(rollout.shares().get(i), !anyEvent && i == rollout.chosen()));
    }
  }

  private static String nobody(Rollout rollout) {
    return "by %s %s, but the subject has none: everyone gets the same"
        .formatted(rollout.contextKind(), rollout.attribute());
  }

  private static String share(Share share, boolean chosen) {
    return "%s %-8s %8s – %7s %%"
        .formatted(chosen ? "→" : " ", share.given(), precise(share.from()), precise(share.to()));
  }

  private static String precise(double percent) {
    return String.format(Locale.ROOT, "%.3f", percent);
  }
}
