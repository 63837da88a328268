package dev.lockstep.cli;

import dev.lockstep.connector.launchdarkly.FlagChange;
import dev.lockstep.connector.launchdarkly.FlagChangeRefusedException;
import dev.lockstep.connector.launchdarkly.FlagRoutes;
import dev.lockstep.connector.launchdarkly.FlagRoutes.Bystanders;
import dev.lockstep.connector.launchdarkly.FlagRoutes.Rerouting;
import dev.lockstep.evidence.EngineHistory;
import dev.lockstep.evidence.ParitySums;
import dev.lockstep.migration.EngineFacts;
import dev.lockstep.migration.EngineRoute;
import dev.lockstep.migration.Readiness;
import dev.lockstep.migration.ReadinessJudge;
import dev.lockstep.migration.Stage;
import dev.lockstep.migration.Standing;
import dev.lockstep.migration.Thresholds;
import dev.lockstep.statistics.CustomerStatistics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where customers stand between two engines, and which steps they can take.
 *
 * @param since from when on comparisons count; null for all
 * @param sums what was compared since then
 * @param places by customer
 */
record Migration(
    EngineFacts from,
    EngineFacts to,
    @Nullable Instant since,
    ParitySums sums,
    List<Place> places,
    int trickle,
    Bystanders bystanders) {

  /** A customer, where it stands, and whether it can go on. */
  record Place(Standing standing, Readiness readiness) {
    String customer() {
      return standing.customer();
    }
  }

  /**
   * A step of a customer: what has to change, and what would change it back.
   *
   * @param refusal why there is no such change; null if there is one
   */
  record Step(
      String customer,
      Stage now,
      Stage next,
      List<FlagChange> changes,
      List<FlagChange> back,
      @Nullable FlagRoutes after,
      @Nullable String refusal) {

    Step {
      changes = List.copyOf(changes);
      back = List.copyOf(back);
    }

    /** What the history of the flag says of it. */
    String comment(String from, String to) {
      return "lockstep migrate: %s from %s to %s, engine %s to %s"
          .formatted(customer, now.words(), next.words(), from, to);
    }
  }

  /**
   * Judges what the records say.
   *
   * @param asked only these customers; all that are known if it is empty
   * @param routes null if there are no flags to ask
   * @param since null for the moment from which both engines hold their present bundles
   */
  static Migration of(
      MigrationRecords records,
      String fromEngine,
      String toEngine,
      Collection<String> asked,
      @Nullable FlagRoutes routes,
      @Nullable Instant since,
      Thresholds thresholds,
      int trickle,
      Instant now) {
    EngineFacts from = records.engine(fromEngine);
    EngineFacts to = records.engine(toEngine);
    Instant begin = since == null ? later(from.inForceSince(), to.inForceSince()) : since;
    ParitySums sums = records.evidence().sums(begin, List.of());
    ParitySums ever = records.evidence().sums(null, List.of());
    SortedSet<String> known = customers(records, ever);
    known.addAll(asked);
    SortedSet<String> engines = new TreeSet<>(records.engines());
    engines.addAll(List.of(fromEngine, toEngine));
    Bystanders bystanders = new Bystanders(known, engines, ever.rulesOf(known));
    ReadinessJudge judge =
        new ReadinessJudge(
            from, to, routes == null ? null : routes.version(), thresholds, trickle > 0, now);
    List<Place> places = new ArrayList<>();
    for (String customer : asked.isEmpty() ? known : new TreeSet<>(asked)) {
      Stage.Routes both =
          routes == null
              ? null
              : new Stage.Routes(
                  routes.route(customer, fromEngine, bystanders.rules()),
                  routes.route(customer, toEngine, bystanders.rules()));
      Standing standing =
          new Standing(
              customer, both, sums.of(customer), judged(records, toEngine, customer, begin));
      places.add(new Place(standing, judge.judge(standing, sums)));
    }
    return new Migration(from, to, begin, sums, List.copyOf(places), trickle, bystanders);
  }

  private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
    return one == null ? other : other == null || one.isAfter(other) ? one : other;
  }

  private static SortedSet<String> customers(MigrationRecords records, ParitySums sums) {
    SortedSet<String> customers = new TreeSet<>(sums.customers().keySet());
    for (CustomerStatistics statistics : records.statistics()) {
      if (!statistics.customer().isEmpty()) {
        customers.add(statistics.customer());
      }
    }
    return customers;
  }

  /** Events that an engine has judged since then; null if no engine keeps statistics. */
  private static @Nullable Long judged(
      MigrationRecords records, String engine, String customer, @Nullable Instant since) {
    if (records.statistics().isEmpty()) {
      return null;
    }
    return EngineHistory.of(engine, records.statistics(), List.of(customer), since).totalJudged();
  }

  Optional<Place> place(String customer) {
    return places.stream().filter(place -> place.customer().equals(customer)).findFirst();
  }

  /** The changes that take a customer to a stage. */
  Step step(FlagRoutes routes, Place place, Stage next) {
    return step(routes, place.customer(), place.standing().stage(), next);
  }

  /** All steps that a customer has before it, one after the other. */
  List<Step> way(FlagRoutes routes, Place place) {
    List<Step> way = new ArrayList<>();
    FlagRoutes at = routes;
    Stage stage = place.standing().stage();
    Optional<Stage> next = stage.next(trickle > 0);
    while (next.isPresent()) {
      Step step = step(at, place.customer(), stage, next.get());
      way.add(step);
      if (step.after() == null) {
        break;
      }
      at = step.after();
      stage = next.get();
      next = stage.next(trickle > 0);
    }
    return way;
  }

  private Step step(FlagRoutes routes, String customer, Stage now, Stage next) {
    try {
      Rerouting there = routes.reroute(customer, wanted(next), bystanders);
      Stage home = now == Stage.UNCLEAR ? next : now;
      Rerouting back = there.after().reroute(customer, wanted(home), bystanders);
      return new Step(customer, now, next, there.changes(), back.changes(), there.after(), null);
    } catch (FlagChangeRefusedException e) {
      return new Step(customer, now, next, List.of(), List.of(), null, e.reason());
    }
  }

  private Map<String, EngineRoute> wanted(Stage stage) {
    Stage.Routes both = stage.routes(trickle);
    return Map.of(from.engine(), both.from(), to.engine(), both.to());
  }
}
