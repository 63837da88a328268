package dev.lockstep.content;

import dev.lockstep.content.BundleManifest.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What becomes of each rule when one bundle takes the place of another.
 *
 * @param changes in the order of the rules' files, those that are gone last; rules that stay as
 *     they are left out
 * @param before how many rules there were
 * @param after how many rules there are
 */
public record BundleDiff(List<Change> changes, int before, int after) {

  public BundleDiff {
    changes = List.copyOf(changes);
  }

  /** What became of a rule. */
  public enum Kind {
    /** It was not there before. */
    ADDED,
    /** It is no longer there. */
    REMOVED,
    /** It finds other events, or for other customers, or its alerts go elsewhere. */
    SEMANTIC,
    /** Something is written otherwise, and the rule does what it did. */
    COSMETIC;

    /** The word for it in what programs read. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One rule that is not as it was.
   *
   * @param rule as it is now; of a removed one, as it was
   */
  public record Change(Kind kind, Entry rule) {}

  /** Compares two manifests. */
  public static BundleDiff of(BundleManifest before, BundleManifest after) {
    Map<String, Entry> gone = new LinkedHashMap<>();
    before.rules().forEach(rule -> gone.put(rule.id(), rule));
    List<Change> changes = new ArrayList<>();
    for (Entry rule : after.rules()) {
      Entry was = gone.remove(rule.id());
      if (was == null) {
        changes.add(new Change(Kind.ADDED, rule));
      } else if (!was.meaning().equals(rule.meaning())) {
        changes.add(new Change(Kind.SEMANTIC, rule));
      } else if (!was.hash().equals(rule.hash()) || !was.file().equals(rule.file())) {
        changes.add(new Change(Kind.COSMETIC, rule));
      }
    }
    gone.values().forEach(rule -> changes.add(new Change(Kind.REMOVED, rule)));
    return new BundleDiff(changes, before.rules().size(), after.rules().size());
  }

  /** How many rules there are of a kind. */
  public int count(Kind kind) {
    return (int) changes.stream().filter(change -> change.kind() == kind).count();
  }
}
