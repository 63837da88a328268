package dev.lockstep.program;

import dev.lockstep.event.MalformedEventException;
import dev.lockstep.sigma.SigmaRule;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Rules that judge as one {@link RuleProgram} of them would, and that can be exchanged in little
 * time while most stay: those that are new are planned apart, in a layer on top, and those that are
 * gone are skipped. Immutable and safe for use by many threads.
 *
 * <p>A second layer costs each event one more reading; {@link #flattened} makes one layer of both.
 * Matches of the lower layer come before those of the upper one, each in rule order.
 */
public final class LayeredProgram {

  /** Up to so many new rules are planned apart, whatever the number of all. */
  private static final int SMALL_CHANGE = 64;

  /** And up to this share of all rules. */
  private static final int SMALL_SHARE = 16;

  private final Layer base;
  private final @Nullable Layer top;

  /** All rules in their order, also those that are off. */
  private final List<SigmaRule> rules;

  private LayeredProgram(Layer base, @Nullable Layer top, List<SigmaRule> rules) {
    this.base = base;
    this.top = top;
    this.rules = rules;
  }

  /** Plans all rules, of which no two are equal, in one layer. */
  public static LayeredProgram compile(List<SigmaRule> rules) {
    return new LayeredProgram(Layer.of(rules), /* top= */ null, List.copyOf(rules));
  }

  /**
   * Returns a program of these rules, of which no two are equal; the time it takes is that of the
   * rules which this one does not have, if they are few. None is off in it.
   */
  public LayeredProgram with(List<SigmaRule> wanted) {
    Set<SigmaRule> missing = new LinkedHashSet<>(wanted);
    BitSet gone = new BitSet();
    List<SigmaRule> planned = base.program.rules();
    for (int i = 0; i < planned.size(); i++) {
      if (!missing.remove(planned.get(i))) {
        gone.set(i);
      }
    }
    if (!isSmall(missing.size(), planned.size()) || gone.cardinality() > planned.size() / 2) {
      return compile(wanted);
    }
    Layer upper = missing.isEmpty() ? null : Layer.of(List.copyOf(missing));
    return new LayeredProgram(new Layer(base.program, gone), upper, List.copyOf(wanted));
  }

  /** Returns the same rules without those that are to be off; {@link #rules} still has them. */
  public LayeredProgram without(Predicate<SigmaRule> off) {
    return new LayeredProgram(base.without(off), top == null ? null : top.without(off), rules);
  }

  /** Returns whether each event is read more than once, or rules are skipped. */
  public boolean isLayered() {
    return top != null || !base.off.isEmpty();
  }

  /** Returns the same rules in one layer; none is off in it. */
  public LayeredProgram flattened() {
    return compile(rules);
  }

  /** The rules in the order in which they were given, also those that are off. */
  public List<SigmaRule> rules() {
    return rules;
  }

  /**
   * Judges an event as {@link RuleProgram#judge} does.
   *
   * @param meter is told what each rule costs, if that is to be known
   * @throws MalformedEventException if the bytes are no event
   */
  public MatchResult judge(byte[] json, String customer, @Nullable RuleMeter meter)
      throws MalformedEventException {
    Findings findings = new Findings(meter);
    base.program.judge(json, customer, base.off, findings);
    if (top != null) {
      top.program.judge(json, customer, top.off, findings);
    }
    return findings.result();
  }

  /** Judges an event as {@link RuleProgram#judge} does. */
  public MatchResult judge(byte[] json, String customer) throws MalformedEventException {
    return judge(json, customer, /* meter= */ null);
  }

  private static boolean isSmall(int change, int all) {
    return change <= Math.max(SMALL_CHANGE, all / SMALL_SHARE);
  }

  /**
   * Rules that were planned together.
   *
   * @param off positions of those that are skipped; not changed any more
   */
  private record Layer(RuleProgram program, BitSet off) {

    static Layer of(List<SigmaRule> rules) {
      return new Layer(RuleProgram.compile(rules), new BitSet());
    }

    Layer without(Predicate<SigmaRule> skipped) {
      BitSet more = (BitSet) off.clone();
      List<SigmaRule> planned = program.rules();
      for (int i = 0; i < planned.size(); i++) {
        if (skipped.test(planned.get(i))) {
          more.set(i);
        }
      }
      return new Layer(program, more);
    }
  }
}
