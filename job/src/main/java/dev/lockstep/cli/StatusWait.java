package dev.lockstep.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides when waiting for a version is over. Knows neither Kafka nor a clock.
 *
 * <p>An engine counts the rules that it rejected, and names them in another topic: once the version
 * is in force they are waited for a short time, so that they can be named.
 */
final class StatusWait {
  private static final Duration PATIENCE_FOR_NAMES = Duration.ofSeconds(2);
  private static final Pattern VERSION = Pattern.compile("[0-9a-f]{8,64}");

  private final String version;
  private final @Nullable String engine;
  private final Duration timeout;
  private @Nullable Duration inForceSince;

  /** How it ended. */
  enum Outcome {
    IN_FORCE,
    REJECTED_RULES,
    REFUSED,
    TIMED_OUT
  }

  /**
   * The end.
   *
   * @param why one line for people
   * @param rejected the rules that were rejected, as far as they are known
   */
  record End(Outcome outcome, String why, List<RuleState> rejected) {
    End {
      rejected = List.copyOf(rejected);
    }
  }

  /**
   * @param version of a bundle or of one of its parts, or what it begins with
   * @param engine the engine to wait for; null for all that report
   * @throws CommandFailure if the version cannot be one
   */
  StatusWait(String version, @Nullable String engine, Duration timeout) {
    if (!VERSION.matcher(version).matches()) {
      throw CommandFailure.ofInput(
          "a version is at least its first 8 hex digits, was '" + version + "'");
    }
    this.version = version;
    this.engine = engine;
    this.timeout = timeout;
  }

  /**
   * Looks whether it is over.
   *
   * @param waited how long it has taken so far
   * @return empty to go on
   * @throws CommandFailure if several versions begin so
   */
  Optional<End> look(StatusLedger ledger, Duration waited) {
    List<EngineState> engines = ledger.reporting(engine);
    refuseAmbiguous(engines);
    Optional<EngineState> refusing =
        engines.stream().filter(each -> !each.has(version)).filter(this::refuses).findFirst();
    if (refusing.isPresent()) {
      return Optional.of(refused(refusing.get()));
    }
    boolean everywhere =
        !engines.isEmpty()
            && engines.stream().allMatch(each -> each.has(version) && each.isInForceEverywhere());
    if (everywhere) {
      return inForce(engines, ledger, waited);
    }
    inForceSince = null;
    return waited.compareTo(timeout) < 0
        ? Optional.empty()
        : Optional.of(
            new End(
                Outcome.TIMED_OUT,
                "%s is not in force after %s: %s"
                    .formatted(version, seconds(timeout), present(engines)),
                List.of()));
  }

  /** What is in force instead, on one line. */
  String present(StatusLedger ledger) {
    return present(ledger.reporting(engine));
  }

  private Optional<End> inForce(List<EngineState> engines, StatusLedger ledger, Duration waited) {
    Duration since = inForceSince == null ? waited : inForceSince;
    inForceSince = since;
    List<RuleState> rejected = new ArrayList<>();
    long more = 0;
    for (EngineState each : engines) {
      List<RuleState> named =
          ledger.rulesOf(each.engine()).stream().filter(RuleState::isRejected).toList();
      Long counted = each.rules().rejected();
      long count = counted == null ? named.size() : counted;
      if (count > 0) {
        rejected.addAll(named);
        more += Math.max(0, count - named.size());
      }
    }
    if (more > 0 && waited.minus(since).compareTo(PATIENCE_FOR_NAMES) < 0) {
      return Optional.empty();
    }
    String where =
        "%s is in force on all subtasks of %s"
            .formatted(
                version,
                engines.stream().map(EngineState::engine).collect(Collectors.joining(", ")));
    long count = rejected.size() + more;
    return Optional.of(
        count == 0
            ? new End(Outcome.IN_FORCE, where, List.of())
            : new End(
                Outcome.REJECTED_RULES,
                "%s, with %s rejected".formatted(where, Amount.of(count, "rule")),
                rejected));
  }

  private boolean refuses(EngineState each) {
    EngineState.Refusal refusal = each.refused();
    return refusal != null && refusal.bundle().isCalled(version);
  }

  private End refused(EngineState by) {
    EngineState.Refusal refusal = by.refused();
    String reason =
        refusal == null || refusal.reason() == null ? "it gives no reason" : refusal.reason();
    return new End(
        Outcome.REFUSED, "%s refuses %s: %s".formatted(by.engine(), version, reason), List.of());
  }

  private void refuseAmbiguous(List<EngineState> engines) {
    List<String> meant =
        engines.stream()
            .flatMap(StatusWait::versions)
            .filter(each -> each.startsWith(version))
            .distinct()
            .sorted()
            .toList();
    if (meant.size() > 1 && !meant.contains(version)) {
      throw CommandFailure.ofInput(
          "several versions begin with " + version + ": " + String.join(", ", meant));
    }
  }

  private static Stream<String> versions(EngineState engine) {
    EngineState.Refusal refusal = engine.refused();
    return Stream.concat(
        engine.bundle() == null ? Stream.of() : engine.bundle().versions().stream(),
        refusal == null ? Stream.of() : refusal.bundle().versions().stream());
  }

  private String present(List<EngineState> engines) {
    if (engines.isEmpty()) {
      return engine == null ? "no engine has a status" : "engine " + engine + " has no status";
    }
    return engines.stream().map(StatusWait::present).collect(Collectors.joining("; "));
  }

  private static String present(EngineState engine) {
    String version =
        engine.bundle() == null || engine.bundle().version() == null
            ? "no bundle"
            : engine.bundle().version();
    return (engine.engine() + " has " + version + " " + engine.subtasksInForce()).strip();
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
