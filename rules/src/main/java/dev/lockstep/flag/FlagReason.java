package dev.lockstep.flag;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a flag gave what it gave, with what {@link FlagDecision#reason()} leaves out. */
public sealed interface FlagReason {

  /** The flag is off and gives what it has for that case. */
  record Off() implements FlagReason {}

  /** No flag was asked: what is configured for that case decides. */
  record Fixed() implements FlagReason {}

  /**
   * A list of single keys has this one.
   *
   * @param contextKind the kind of the list
   * @param key the key that it has
   * @param listed how many keys it has
   */
  record TargetMatch(String contextKind, String key, int listed) implements FlagReason {}

  /**
   * A rule of the flag matches.
   *
   * @param index its number from 0, in the order of the flag
   * @param rules how many rules the flag has
   * @param id its id; null when it has none
   * @param clauses what it asks, in words; all of them hold
   * @param rollout null when the rule gives everyone the same
   */
  record RuleMatch(
      int index, int rules, @Nullable String id, List<String> clauses, @Nullable Rollout rollout)
      implements FlagReason {
    public RuleMatch {
      clauses = List.copyOf(clauses);
    }
  }

  /**
   * No target list has the subject and no rule matches.
   *
   * @param rollout null when everyone else gets the same
   */
  record Fallthrough(@Nullable Rollout rollout) implements FlagReason {}

  /**
   * A flag that this one depends on does not give what it must.
   *
   * @param flag that flag's key
   * @param wanted what it must give, as JSON
   * @param given what it gives, as JSON; null when it gives nothing
   * @param reason why it gives that
   */
  record PrerequisiteFailed(String flag, String wanted, @Nullable String given, FlagReason reason)
      implements FlagReason {
    public PrerequisiteFailed {
      requireNonNull(reason, "reason is null");
    }
  }

  /**
   * The flag cannot be evaluated.
   *
   * @param problem what is wrong with it, in words
   */
  record Failed(String problem) implements FlagReason {}

  /**
   * A division of all keys of a context kind by percent.
   *
   * @param contextKind whose keys are divided
   * @param attribute by which attribute, mostly {@code key}
   * @param value the attribute's value; null when there is none, and then nothing is divided
   * @param position where the value falls, in percent; null when there is no value
   * @param shares who gets what, in the order of the flag
   * @param chosen the index of the share that decided
   */
  record Rollout(
      String contextKind,
      String attribute,
      @Nullable String value,
      @Nullable Double position,
      List<Share> shares,
      int chosen) {
    public Rollout {
      shares = List.copyOf(shares);
    }
  }

  /**
   * A part of a rollout.
   *
   * @param given what the flag gives to it, as JSON
   * @param from where it begins, in percent
   * @param to where it ends, in percent, exclusive
   */
  record Share(String given, double from, double to) {

    /** Its size, in percent. */
    public double percent() {
      return to - from;
    }
  }
}
