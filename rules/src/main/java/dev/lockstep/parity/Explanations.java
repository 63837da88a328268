package dev.lockstep.parity;

import static java.util.Comparator.comparing;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Looks for what explains a verdict in what else was found around that time. */
public final class Explanations {

  private final ComparedEngines engines;
  private final Duration around;

  /**
   * Begins with what is always known.
   *
   * @param around how far before and after an alert something may lie that explains it
   */
  public Explanations(ComparedEngines engines, Duration around) {
    this.engines = engines;
    this.around = around;
  }

  /**
   * Returns the best partner of an alert that one engine has alone; the same whatever the order of
   * the others.
   */
  public Optional<OpenVerdict> partner(OpenVerdict lonely, Collection<OpenVerdict> others) {
    if (!lonely.isLonely()) {
      return Optional.empty();
    }
    return others.stream()
        .filter(OpenVerdict::isLonely)
        .filter(other -> NearMatch.of(lonely.copy(), other.copy()).isPresent())
        .min(
            comparing(
                    (OpenVerdict other) -> NearMatch.of(lonely.copy(), other.copy()).orElseThrow())
                .thenComparing(other -> other.copy().alertId()));
  }

  /** The verdict on two that are partners. */
  public VerdictRecord near(OpenVerdict one, OpenVerdict other) {
    boolean inOrder = one.copy().engine().equals(engines.first());
    OpenVerdict first = inOrder ? one : other;
    OpenVerdict second = inOrder ? other : one;
    return NearMatch.verdict(
        first.verdict(),
        first.copy(),
        second.verdict(),
        second.copy(),
        NearMatch.of(first.copy(), second.copy()).orElseThrow());
  }

  /**
   * Judges what has no partner.
   *
   * @param offUnder flag sets under which the missing engine was off for this customer and rule,
   *     around that time
   */
  public VerdictRecord alone(OpenVerdict open, Set<String> offUnder, Sightings sightings) {
    VerdictRecord verdict = open.verdict();
    Optional<String> skew = skew(open, sightings);
    if (skew.isPresent()) {
      return verdict.explained(Verdict.CONTENT_SKEW, skew.get());
    }
    if (!open.isLonely()) {
      return verdict;
    }
    String missing = engines.other(open.copy().engine());
    if (!offUnder.isEmpty() && !offUnder.contains(open.copy().flags())) {
      return verdict.explained(
          Verdict.NOT_COMPARED, "flags were changing, and have kept " + missing + " from others");
    }
    boolean silent = bundles(missing, open, sightings).isEmpty();
    return fair(
        silent
            ? verdict.withReason(missing + " has sent no alert of anyone around that time")
            : verdict,
        open,
        sightings);
  }

  /** A control engine that is away shows nothing. */
  private VerdictRecord fair(VerdictRecord verdict, OpenVerdict open, Sightings sightings) {
    String control = engines.control();
    return control != null && bundles(control, open, sightings).isEmpty()
        ? verdict.withoutNoise()
        : verdict;
  }

  /**
   * Bundles explain a difference only while they are exchanged: if both engines hold the same one
   * at some time around, and one of them another. A lasting difference of content is what people
   * look for, and no excuse.
   */
  private Optional<String> skew(OpenVerdict open, Sightings sightings) {
    String engine = open.copy().engine();
    Set<String> ours = bundles(engine, open, sightings);
    Set<String> theirs = bundles(engines.other(engine), open, sightings);
    Set<String> shared = new HashSet<>(ours);
    shared.retainAll(theirs);
    // Two copies of different bundles, of which both engines hold one: one holds two by then.
    boolean others =
        !open.isLonely()
            || theirs.stream().anyMatch(bundle -> !bundle.equals(open.copy().bundle()));
    return !shared.isEmpty() && others
        ? Optional.of("the engines were exchanging bundles at that moment")
        : Optional.empty();
  }

  private Set<String> bundles(String engine, OpenVerdict open, Sightings sightings) {
    Instant time = open.copy().occurredAt();
    return sightings.bundlesOf(engine, time.minus(around), time.plus(around));
  }
}
