package dev.lockstep.evidence;

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

  RuleTally(String id, String title, @Nullable String level) {
    this.id = id;
    this.title = title;
    this.level = level;
  }

  void addCustomer(String customer) {
    customers.add(customer);
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

  /** Whose alerts they are. */
  public SortedSet<String> customers() {
    return new TreeSet<>(customers);
  }
}
