package dev.lockstep.parity;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import dev.lockstep.parity.VerdictRecord.Copy;
import dev.lockstep.parity.VerdictRecord.FieldDifference;
import dev.lockstep.parity.VerdictRecord.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two alerts of one rule and customer, one of each engine, that have the same evidence and yet
 * another id: mostly a correlation that one engine found by other events, or later.
 *
 * @param sharedEvents how many events both name
 * @param apart how far they are from one another
 * @param why they are taken for one, in words
 */
record NearMatch(int sharedEvents, Duration apart, String why) implements Comparable<NearMatch> {

  /** Returns what the two have in common, or nothing. */
  static Optional<NearMatch> of(AlertCopy one, AlertCopy other) {
    if (!one.ruleId().equals(other.ruleId()) || one.engine().equals(other.engine())) {
      return Optional.empty();
    }
    List<String> theirs = events(other);
    List<String> ours = events(one);
    int shared = (int) ours.stream().filter(theirs::contains).count();
    Duration apart = Duration.between(one.occurredAt(), other.occurredAt());
    if (shared > 0) {
      return Optional.of(
          new NearMatch(
              shared,
              apart.abs(),
              "%d of %d and %d events are the same%s"
                  .formatted(shared, ours.size(), theirs.size(), later(one, other, apart))));
    }
    if (sameGroup(one, other) && overlap(window(one), window(other))) {
      return Optional.of(
          new NearMatch(
              0,
              apart.abs(),
              "the group is the same and the windows overlap" + later(one, other, apart)));
    }
    if (overlap(stoodFor(one), stoodFor(other))) {
      return Optional.of(
          new NearMatch(
              0,
              apart.abs(),
              "both stand for other alerts of the same time" + later(one, other, apart)));
    }
    return Optional.empty();
  }

  /** The pair as one verdict, filed under the first engine's alert. */
  static VerdictRecord verdict(
      VerdictRecord first,
      AlertCopy firstCopy,
      VerdictRecord second,
      AlertCopy secondCopy,
      NearMatch match) {
    List<Copy> copies = new ArrayList<>(first.copies());
    copies.addAll(second.copies());
    List<FieldDifference> differences = AlertFields.differences(firstCopy, secondCopy);
    return new VerdictRecord(
        Verdict.NEAR_MATCH,
        first.customer(),
        first.alertId(),
        first.rule(),
        first.occurredAt(),
        copies,
        differences.subList(0, Math.min(100, differences.size())),
        new Pair(second.alertId(), second.occurredAt(), match.why()),
        first.control(),
        first.noise() && second.noise(),
        first.replaces(),
        null);
  }

  /** Better matches share more events, then lie closer together; they come first. */
  @Override
  public int compareTo(NearMatch other) {
    return comparing(NearMatch::sharedEvents, reverseOrder())
        .thenComparing(NearMatch::apart)
        .compare(this, other);
  }

  private static String later(AlertCopy one, AlertCopy other, Duration apart) {
    if (apart.isZero()) {
      return "";
    }
    AlertCopy late = apart.isNegative() ? one : other;
    return "; %s found it %s later".formatted(late.engine(), seconds(apart.abs()));
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }

  private static List<String> events(AlertCopy copy) {
    return copy.json().list("events", event -> event.required("id"));
  }

  private static boolean sameGroup(AlertCopy one, AlertCopy other) {
    Optional<JsonValue> ours = one.json().member("correlation");
    Optional<JsonValue> theirs = other.json().member("correlation");
    return ours.isPresent()
        && theirs.isPresent()
        && ours.get().texts("group").equals(theirs.get().texts("group"));
  }

  private static Optional<Span> window(AlertCopy copy) {
    return copy.json()
        .member("correlation")
        .map(it -> Span.of(it.required("from"), it.required("to")));
  }

  private static Optional<Span> stoodFor(AlertCopy copy) {
    Map<String, String> suppressed = copy.json().texts("suppressed");
    String until = suppressed.get("until");
    return until == null
        ? Optional.empty()
        : Optional.of(new Span(copy.occurredAt(), Instant.parse(until)));
  }

  private static boolean overlap(Optional<Span> one, Optional<Span> other) {
    return one.isPresent() && other.isPresent() && one.get().overlaps(other.get());
  }

  /** From one time to another, both included. */
  private record Span(Instant from, Instant to) {

    static Span of(String from, String to) {
      return new Span(Instant.parse(from), Instant.parse(to));
    }

    boolean overlaps(Span other) {
      return !from.isAfter(other.to) && !other.from.isAfter(to);
    }
  }
}
