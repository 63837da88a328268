package dev.lockstep.statistics.comparison;

import dev.lockstep.statistics.Counted;
import dev.lockstep.statistics.CustomerStatistics;
import dev.lockstep.statistics.EventFate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a comparison would be fair, and if not, why. */
final class Fairness {

  /** An engine says something of itself every ten seconds. */
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final EngineReport first;
  private final EngineReport second;
  private final Kept ofFirst;
  private final Kept ofSecond;

  Fairness(EngineReport first, EngineReport second) {
    this.first = first;
    this.second = second;
    this.ofFirst = Kept.of(first);
    this.ofSecond = Kept.of(second);
  }

  /**
   * Which periods an engine keeps.
   *
   * @param begin of the oldest of any customer; null if it keeps none
   * @param complete begin of the newest one that is complete; null if none is
   */
  private record Kept(@Nullable Instant begin, @Nullable Instant complete) {
    static Kept of(EngineReport engine) {
      Instant begin = null;
      Instant complete = null;
      for (CustomerStatistics each : engine.statistics()) {
        begin = begin == null || each.from().isBefore(begin) ? each.from() : begin;
        if (each.complete() && (complete == null || each.from().isAfter(complete))) {
          complete = each.from();
        }
      }
      return new Kept(begin, complete);
    }

    boolean covers(Instant from) {
      return begin != null && !from.isBefore(begin);
    }

    /** An engine has no record of a customer that it had no events of. */
    boolean hasComplete(Instant from, @Nullable CustomerStatistics statistics) {
      return statistics == null
          ? complete != null && !from.isAfter(complete)
          : statistics.complete();
    }
  }

  /** Returns, for people, what stands against comparing these engines now. */
  List<String> obstacles(Question question) {
    List<String> obstacles = new ArrayList<>();
    for (EngineReport engine : List.of(first, second)) {
      obstacles.addAll(ofOne(engine, question));
    }
    if (first.updatedAt() == null || second.updatedAt() == null) {
      return obstacles;
    }
    if (!Objects.equals(first.bundle(), second.bundle())) {
      obstacles.add(
          "they judge by different bundles: %s has %s, %s has %s"
              .formatted(
                  first.engine(), text(first.bundle()), second.engine(), text(second.bundle())));
    }
    if (!Objects.equals(first.flags(), second.flags())) {
      obstacles.add(
          "they decide by different flag sets: %s has %s, %s has %s"
              .formatted(
                  first.engine(), text(first.flags()), second.engine(), text(second.flags())));
    }
    apart(question).ifPresent(obstacles::add);
    return obstacles;
  }

  private static List<String> ofOne(EngineReport engine, Question question) {
    Instant updatedAt = engine.updatedAt();
    if (updatedAt == null) {
      return List.of(engine.engine() + " has no status: it has never run with this Kafka");
    }
    List<String> obstacles = new ArrayList<>();
    Duration silent = Duration.between(updatedAt, question.now());
    if (silent.compareTo(SILENCE) > 0) {
      obstacles.add(
          "%s does not run: it gave its last status %s ago, at %s"
              .formatted(engine.engine(), about(silent), updatedAt));
    }
    if (engine.bundle() == null) {
      obstacles.add(engine.engine() + " has no rules");
    } else if (!engine.bundleEverywhere()) {
      obstacles.add(
          "%s is taking bundle %s into force".formatted(engine.engine(), engine.bundle()));
    }
    if (!engine.flagsEverywhere()) {
      obstacles.add(
          "%s is taking flag set %s into force".formatted(engine.engine(), engine.flags()));
    }
    if (engine.watermark() == null) {
      obstacles.add(
          engine.engine() + " has no event time: no event has passed it since it started");
    }
    Long behind = engine.recordsBehind();
    if (behind != null && behind > question.maxLag()) {
      obstacles.add(
          "%s is %,d records behind, more than %,d"
              .formatted(engine.engine(), behind, question.maxLag()));
    }
    return obstacles;
  }

  private Optional<String> apart(Question question) {
    Instant one = first.watermark();
    Instant other = second.watermark();
    if (one == null || other == null) {
      return Optional.empty();
    }
    Duration ahead = Duration.between(other, one);
    EngineReport behind = ahead.isNegative() ? first : second;
    EngineReport before = ahead.isNegative() ? second : first;
    return ahead.abs().compareTo(question.maxApart()) <= 0
        ? Optional.empty()
        : Optional.of(
            "event time of %s is %s behind that of %s, more than %s"
                .formatted(
                    behind.engine(),
                    about(ahead.abs()),
                    before.engine(),
                    about(question.maxApart())));
  }

  /**
   * Returns why a period of a customer is not compared; empty if it is.
   *
   * @param one what the first engine has of it, null for nothing
   */
  Optional<LeftOut.Why> leftOut(
      Instant from, @Nullable CustomerStatistics one, @Nullable CustomerStatistics other) {
    return ofFirst.covers(from) && ofSecond.covers(from)
        ? ofBoth(from, one, other)
        : Optional.of(LeftOut.Why.BEFORE_THE_FIRST);
  }

  private Optional<LeftOut.Why> ofBoth(
      Instant from, @Nullable CustomerStatistics one, @Nullable CustomerStatistics other) {
    if (!ofFirst.hasComplete(from, one) || !ofSecond.hasComplete(from, other)) {
      return Optional.of(LeftOut.Why.NOT_COMPLETE);
    }
    boolean beginning = from.equals(ofFirst.begin) || from.equals(ofSecond.begin);
    if (beginning && number(one, EventFate.IN) != number(other, EventFate.IN)) {
      return Optional.of(LeftOut.Why.FIRST_OF_AN_ENGINE);
    }
    if (number(one, EventFate.IN) == number(other, EventFate.IN)
        && number(one, EventFate.GATED) != number(other, EventFate.GATED)) {
      return Optional.of(LeftOut.Why.OTHER_EVENTS_LET_IN);
    }
    if (one != null && other != null) {
      Set<String> bundles = one.counts().labels(Counted.BUNDLES);
      Set<String> others = other.counts().labels(Counted.BUNDLES);
      if (!bundles.isEmpty() && !others.isEmpty() && !bundles.equals(others)) {
        return Optional.of(LeftOut.Why.OTHER_BUNDLES);
      }
      if (bundles.size() > 1) {
        return Optional.of(LeftOut.Why.BUNDLES_EXCHANGED);
      }
    }
    return Optional.empty();
  }

  private static long number(@Nullable CustomerStatistics statistics, EventFate fate) {
    return statistics == null ? 0 : statistics.counts().of(fate);
  }

  private static String text(@Nullable String version) {
    return version == null ? "none" : version;
  }

  private static String about(Duration duration) {
    if (duration.toHours() > 0) {
      return "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
    }
    return duration.toMinutes() > 0
        ? "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart())
        : duration.toSeconds() + " s";
  }
}
