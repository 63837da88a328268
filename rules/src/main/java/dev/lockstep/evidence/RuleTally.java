package dev.lockstep.evidence;

import dev.lockstep.parity.Verdict;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The verdicts on one rule's alerts, and the customers that they are of. */
public final class RuleTally {

  private final String id;
  private final String title;
  private final @Nullable String level;
  private final Tally tally = new Tally();
  private final SortedSet<String> customers = new TreeSet<>();
  private final SortedSet<String> differing = new TreeSet<>();

  RuleTally(String id, String title, @Nullable String level) {
    this.id = id;
    this.title = title;
    this.level = level;
  }

  /** Notes whose alerts have verdicts, and whether one of these speaks against the engines. */
  void addCustomer(String customer, Collection<Verdict> verdicts) {
    customers.add(customer);
    if (verdicts.stream().anyMatch(each -> each.weight() == Verdict.Weight.DIFFERENCE)) {
      differing.add(customer);
    }
  }

  public String id() {
    return id;
  }

  public String title() {
    return title;
  }

  /** Sigma level; null when the rule has none. */
  public @Nullable String level() {
    return level;
  }

  /** Noise is not told apart by rule: it counts as a difference here. */
  public Tally tally() {
    return tally;
  }

  /** Those with an alert that speaks against the engines. */
  public SortedSet<String> differing() {
    return new TreeSet<>(differing);
  }

  /** Whose alerts they are. */
  public SortedSet<String> customers() {
    return new TreeSet<>(customers);
  }
}
