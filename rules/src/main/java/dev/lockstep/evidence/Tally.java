package dev.lockstep.evidence;

import dev.lockstep.parity.Verdict;
import dev.lockstep.parity.Verdict.Weight;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** How many alerts have which verdict. Counts only grow while evidence is added up. */
public final class Tally {

  private final Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
  private final Map<Verdict, Long> noisy = new EnumMap<>(Verdict.class);
  private final Map<String, Tally> live = new HashMap<>();

  Tally() {}

  void add(Verdict verdict, long alerts) {
    verdicts.merge(verdict, alerts, Long::sum);
  }

  void addNoisy(Verdict verdict, long alerts) {
    noisy.merge(verdict, alerts, Long::sum);
  }

  void addLive(String engine, Verdict verdict, long alerts) {
    live.computeIfAbsent(engine, name -> new Tally()).add(verdict, alerts);
  }

  /** Of these alerts those that this engine has live, without noise. */
  public Tally whileLive(String engine) {
    return live.getOrDefault(engine, new Tally());
  }

  /** How many alerts have that verdict, noise included. */
  public long of(Verdict verdict) {
    return verdicts.getOrDefault(verdict, 0L);
  }

  /** How many alerts the engines agree on. */
  public long good() {
    return sum(verdicts, Weight.GOOD);
  }

  /** How many alerts they do not agree on, without those that a control engine shows as noise. */
  public long differences() {
    return sum(verdicts, Weight.DIFFERENCE) - noise();
  }

  /** How many of the verdicts that speak against the engines are noise. */
  public long noise() {
    return sum(noisy, Weight.DIFFERENCE);
  }

  /** How many alerts say nothing, because something else has explained them. */
  public long explained() {
    return sum(verdicts, Weight.EXPLAINED);
  }

  /** How many alerts speak for the engines or against them. */
  public long compared() {
    return good() + differences() + noise();
  }

  /** How many alerts were judged at all. */
  public long judged() {
    return compared() + explained();
  }

  private static long sum(Map<Verdict, Long> counts, Weight weight) {
    return counts.entrySet().stream()
        .filter(count -> count.getKey().weight() == weight)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  @Override
  public String toString() {
    return verdicts + " of which noise " + noisy;
  }
}
