package dev.lockstep.migration;

import dev.lockstep.evidence.ParitySums;
import dev.lockstep.evidence.Tally;
import dev.lockstep.flag.Disposition;
import dev.lockstep.migration.Finding.Kind;
import dev.lockstep.parity.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Says whether customers can take their next steps. The way back is never judged: it is always
 * open.
 *
 * @param from what the engine says that customers leave
 * @param to what the engine says that they go to
 * @param flags version of the flags as they are now; null if nobody knows
 * @param trickles whether a percentage of the events comes before all of them
 * @param now the present time
 */
public record ReadinessJudge(
    EngineFacts from,
    EngineFacts to,
    @Nullable String flags,
    Thresholds thresholds,
    boolean trickles,
    Instant now) {

  private static final int SHOWN_OF_A_VERSION = 12;
  private static final double PERCENT = 100;

  /**
   * Judges one customer's next step.
   *
   * @param sums all that was compared in the same period, for the noise
   */
  public Readiness judge(Standing standing, ParitySums sums) {
    Stage stage = standing.stage();
    Optional<Stage> next = stage.next(trickles);
    List<Finding> findings = new ArrayList<>();
    if (next.isEmpty()) {
      if (stage == Stage.UNCLEAR) {
        findings.add(Finding.blocking(Kind.ROUTES, doubt(standing.routes())));
      }
      return new Readiness(stage, null, findings);
    }
    Stage step = next.get();
    addEngine(to, findings);
    if (step != Stage.SHADOW_TRICKLE && step != Stage.SHADOW_FULL) {
      addEngine(from, findings);
    }
    addBundles(step, findings);
    if (step == Stage.SHADOW_FULL && stage == Stage.SHADOW_TRICKLE) {
      addEvents(standing, findings);
    }
    if (step == Stage.LIVE || step == Stage.RETIRED) {
      addFlags(findings);
      addParity(standing.tallyFor(step, to.engine()), step, findings);
      addNoise(sums, findings);
    }
    return new Readiness(stage, step, findings);
  }

  private void addEngine(EngineFacts engine, List<Finding> findings) {
    Instant said = engine.updatedAt();
    if (said == null) {
      findings.add(
          Finding.blocking(
              Kind.SILENT, "%s says nothing of itself: is it running?".formatted(engine.engine())));
      return;
    }
    Duration age = Duration.between(said, now);
    if (age.compareTo(thresholds.silence()) > 0) {
      findings.add(
          Finding.blocking(
              Kind.SILENT, "%s has said nothing for %s".formatted(engine.engine(), words(age))));
    }
    Duration behind = engine.behind();
    if (behind != null && behind.compareTo(thresholds.behind()) > 0) {
      findings.add(
          Finding.blocking(
              Kind.LAG,
              "%s is %s behind, %s would do"
                  .formatted(engine.engine(), words(behind), words(thresholds.behind()))));
    }
  }

  private void addBundles(Stage step, List<Finding> findings) {
    boolean counts = step == Stage.LIVE || step == Stage.RETIRED;
    String one = from.bundle();
    String other = to.bundle();
    if (other == null) {
      findings.add(
          Finding.blocking(Kind.BUNDLE, "%s has no rules in force".formatted(to.engine())));
    } else if (!to.bundleEverywhere()) {
      findings.add(
          new Finding(
              Kind.BUNDLE,
              counts,
              "%s has its bundle not yet in force on all subtasks".formatted(to.engine())));
    }
    if (one != null && other != null && !one.equals(other)) {
      findings.add(
          new Finding(
              Kind.BUNDLE,
              counts && thresholds.sameBundle(),
              "the engines hold different bundles: %s has %s, %s has %s"
                  .formatted(from.engine(), cut(one), to.engine(), cut(other))));
    }
    if (to.notInForce() > from.notInForce()) {
      findings.add(
          new Finding(
              Kind.RULES,
              counts,
              "%s has %d rules rejected or in quarantine, %s has %d"
                  .formatted(to.engine(), to.notInForce(), from.engine(), from.notInForce())));
    }
  }

  private void addEvents(Standing standing, List<Finding> findings) {
    Long judged = standing.judged();
    if (judged != null && judged == 0) {
      findings.add(
          Finding.blocking(
              Kind.NO_EVENTS,
              "%s has judged no event of %s yet".formatted(to.engine(), standing.customer())));
    }
  }

  private void addFlags(List<Finding> findings) {
    for (EngineFacts engine : List.of(from, to)) {
      String has = engine.flags();
      if (has != null && flags != null && (!has.equals(flags) || !engine.flagsEverywhere())) {
        findings.add(
            Finding.blocking(
                Kind.FLAGS,
                has.equals(flags)
                    ? "%s has the newest flags not on all subtasks yet".formatted(engine.engine())
                    : "%s decides by flags %s, the newest are %s"
                        .formatted(engine.engine(), cut(has), cut(flags))));
      }
    }
  }

  private void addParity(Tally tally, Stage step, List<Finding> findings) {
    String since = step == Stage.RETIRED ? " with %s live".formatted(to.engine()) : "";
    long compared = tally.compared();
    long differences = tally.differences();
    if (compared < thresholds.comparisons()) {
      findings.add(
          Finding.blocking(
              Kind.TOO_FEW,
              "%s compared%s, %d are needed"
                  .formatted(count(compared, "alert"), since, thresholds.comparisons())));
    }
    if (differences > thresholds.tolerance() * compared) {
      findings.add(
          Finding.blocking(
              Kind.PARITY,
              "%s of %d%s differ (%s)"
                  .formatted(count(differences, "alert"), compared, since, kinds(tally))));
    } else if (differences > 0) {
      findings.add(
          Finding.note(
              Kind.PARITY,
              "%s of %d%s differ, which is tolerated (%s)"
                  .formatted(count(differences, "alert"), compared, since, kinds(tally))));
    }
    if (tally.of(Verdict.LATE) > 0) {
      findings.add(
          Finding.note(
              Kind.PARITY,
              "%s came too late to be compared".formatted(count(tally.of(Verdict.LATE), "alert"))));
    }
    if (step == Stage.LIVE && tally.of(Verdict.RESCUED) > 0) {
      findings.add(
          Finding.note(
              Kind.PARITY,
              "%s rescued: flags changed while they were on their way"
                  .formatted(count(tally.of(Verdict.RESCUED), "alert"))));
    }
  }

  private static String kinds(Tally tally) {
    StringJoiner kinds = new StringJoiner(", ");
    for (Verdict verdict : Verdict.values()) {
      if (verdict.weight() == Verdict.Weight.DIFFERENCE && tally.of(verdict) > 0) {
        kinds.add(
            "%d %s"
                .formatted(
                    tally.of(verdict), verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
      }
    }
    return kinds + (tally.noise() > 0 ? "; %d of them noise".formatted(tally.noise()) : "");
  }

  private void addNoise(ParitySums sums, List<Finding> findings) {
    if (sums.controlled() > 0 && sums.noisy() > thresholds.noise() * sums.controlled()) {
      findings.add(
          Finding.blocking(
              Kind.NOISE,
              String.format(
                  Locale.ROOT,
                  "the same version differs from itself in %.2f %% of alerts, %.2f %% would do",
                  PERCENT * sums.noisy() / sums.controlled(),
                  PERCENT * thresholds.noise())));
    }
  }

  private String doubt(Stage.@Nullable Routes routes) {
    if (routes == null) {
      return "there are no flags to ask";
    }
    EngineRoute one = routes.from();
    EngineRoute other = routes.to();
    String now =
        "%s gets %s; %s gets %s".formatted(from.engine(), one.words(), to.engine(), other.words());
    if (one.isShut() && other.isShut()) {
      return "no engine gets its events; " + now;
    }
    boolean oneLive = !one.isShut() && one.egress() == Disposition.LIVE;
    boolean otherLive = !other.isShut() && other.egress() == Disposition.LIVE;
    if (oneLive && otherLive) {
      return "both engines are live, so alerts come twice; " + now;
    }
    if (Objects.nonNull(one.egress())
        && Objects.nonNull(other.egress())
        && !oneLive
        && !otherLive) {
      return "neither engine is live; " + now;
    }
    return "this is no stage of a migration; " + now;
  }

  private static String cut(String version) {
    return version.length() <= SHOWN_OF_A_VERSION
        ? version
        : version.substring(0, SHOWN_OF_A_VERSION);
  }

  private static String count(long number, String noun) {
    return number == 1 ? "1 " + noun : "%d %ss".formatted(number, noun);
  }

  private static String words(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
  }
}
