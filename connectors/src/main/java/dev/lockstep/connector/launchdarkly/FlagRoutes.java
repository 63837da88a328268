package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.LDValue;
import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FlagExplanation;
import dev.lockstep.flag.FlagReason;
import dev.lockstep.flag.FlagReason.Rollout;
import dev.lockstep.flag.FlagReason.Share;
import dev.lockstep.flag.FlagSubject;
import dev.lockstep.flag.FlagSubject.RuleAttributes;
import dev.lockstep.migration.EngineRoute;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How one set of flags routes customers in engines, as LaunchDarkly's evaluator decides it, and
 * which changes of the flags would route a customer otherwise. Not safe for use by several threads.
 */
public final class FlagRoutes implements AutoCloseable {

  private static final String ANY = "-";
  private static final double WEIGHTS_OF_A_PERCENT = 1000;

  private final FlagSet set;
  private final FlagKeys keys;
  private final CustomerDirectory customers;
  private final Map<String, FlagIds> ids;
  private final FlagExplainer explainer;

  private FlagRoutes(
      FlagSet set, FlagKeys keys, CustomerDirectory customers, Map<String, FlagIds> ids)
      throws FlagSetRefusedException {
    this.set = set;
    this.keys = keys;
    this.customers = customers;
    this.ids = Map.copyOf(ids);
    this.explainer = FlagExplainer.of(set, keys, customers);
  }

  /**
   * Gets the flags once, as a job would at its start.
   *
   * @param customers what flags may target of customers beside their ids
   * @param atMost how long to wait for LaunchDarkly; files are read at once
   * @param api asked for the ids that changes need; null if words may stand in their place
   * @throws FlagSetRefusedException if a job would refuse the flags
   * @throws IOException if no flags come; the message says why and holds no secret
   */
  public static FlagRoutes open(
      LaunchDarklySettings settings,
      CustomerDirectory customers,
      Duration atMost,
      @Nullable FlagApi api)
      throws IOException, FlagSetRefusedException, InterruptedException {
    FlagSet set = new FlagSetFetch(settings).first(atMost);
    Map<String, FlagIds> ids = new HashMap<>();
    if (api != null) {
      for (String flag : List.of(settings.flagKeys().ingress(), settings.flagKeys().egress())) {
        ids.put(flag, api.ids(flag));
        if (!ids.get(flag).fit(set.flag(flag))) {
          throw new IOException(
              ("%s is not the same in LaunchDarkly's API as in its flag data: it has been changed"
                      + " just now, or %s is not the environment of the SDK key")
                  .formatted(flag, api.environment()));
        }
      }
    }
    return new FlagRoutes(set, settings.flagKeys(), customers, ids);
  }

  /** The keys of the flags that route. */
  public FlagKeys keys() {
    return keys;
  }

  /** The version of the set, as engines name it in their status. */
  public String version() {
    return explainer.version();
  }

  /**
   * How a customer is routed in an engine.
   *
   * @param rules those whose alerts count, by id; asked only if the flags tell rules apart
   */
  public EngineRoute route(String customer, String engine, Collection<String> rules) {
    return new EngineRoute(intake(customer, engine), egress(customer, engine, rules));
  }

  private @Nullable Integer intake(String customer, String engine) {
    FlagExplanation<Boolean> ingress =
        explainer.ingress(new FlagSubject(customer, engine, ANY, null));
    if (ingress.eventParts().isEmpty()) {
      return ingress.decision().value() ? EngineRoute.ALL : 0;
    }
    Rollout rollout = rollout(ingress.reason());
    if (ingress.eventParts().size() > 1
        || rollout == null
        || !rollout.contextKind().equals(FlagContexts.EVENT.toString())) {
      return null;
    }
    double percent =
        rollout.shares().stream()
            .filter(share -> share.given().equals("true"))
            .mapToDouble(Share::percent)
            .sum();
    return (int) Math.round(percent * WEIGHTS_OF_A_PERCENT);
  }

  private static @Nullable Rollout rollout(FlagReason reason) {
    if (reason instanceof FlagReason.RuleMatch match) {
      return match.rollout();
    }
    return reason instanceof FlagReason.Fallthrough fallthrough ? fallthrough.rollout() : null;
  }

  private @Nullable Disposition egress(String customer, String engine, Collection<String> rules) {
    List<@Nullable RuleAttributes> asked = new ArrayList<>();
    asked.add(null);
    if (explainer.egressAsksForRule()) {
      rules.forEach(rule -> asked.add(new RuleAttributes(rule, null, null)));
    }
    Disposition all = null;
    for (RuleAttributes rule : asked) {
      FlagExplanation<Disposition> egress =
          explainer.egress(new FlagSubject(customer, engine, ANY, rule));
      Disposition decided = egress.decision().value();
      if (!egress.eventParts().isEmpty() || (all != null && all != decided)) {
        return null;
      }
      all = decided;
    }
    return all;
  }

  /**
   * Says how to route a customer otherwise. What alerts do is changed before which events are let
   * in, so that no event is judged under a route that nobody asked for.
   *
   * @param wanted by engine; an engine that is not named keeps its route
   * @param others customers and engines whose routes must stay as they are
   * @throws FlagChangeRefusedException if no change of the customer's lists and rules does that
   */
  public Rerouting reroute(String customer, Map<String, EngineRoute> wanted, Bystanders others)
      throws FlagChangeRefusedException {
    Map<String, EngineRoute> routes = new TreeMap<>(wanted);
    for (String engine : others.engines()) {
      routes.computeIfAbsent(engine, name -> route(customer, name, others.rules()));
    }
    FlagEditing egress =
        new FlagEditing(this, keys.egress(), customer, routes, others.rules(), false);
    FlagRoutes between = egress.edited();
    FlagEditing ingress =
        new FlagEditing(between, keys.ingress(), customer, routes, others.rules(), true);
    FlagRoutes after = ingress.edited();
    List<FlagChange> changes = new ArrayList<>(egress.changes());
    changes.addAll(ingress.changes());
    requireSame(after, customer, routes.keySet(), others);
    return new Rerouting(changes, after);
  }

  private void requireSame(
      FlagRoutes after, String customer, Set<String> engines, Bystanders others)
      throws FlagChangeRefusedException {
    for (String other : others.customers()) {
      for (String engine : engines) {
        EngineRoute now = route(other, engine, others.rules());
        EngineRoute then = after.route(other, engine, others.rules());
        if (!other.equals(customer) && !now.equals(then)) {
          throw new FlagChangeRefusedException(
              "it would change %s in %s, too: from %s to %s"
                  .formatted(other, engine, now.words(), then.words()));
        }
      }
    }
  }

  /** The flag as engines get it. */
  LDValue flag(String key) {
    return set.flag(key);
  }

  FlagIds ids(String key) {
    FlagIds known = ids.get(key);
    return known == null ? FlagIds.inWords(set.flag(key)) : known;
  }

  /** What decides about a customer in an engine, as a person may be told. */
  FlagReason reason(String flag, String customer, String engine) {
    FlagSubject subject = new FlagSubject(customer, engine, ANY, null);
    return flag.equals(keys.ingress())
        ? explainer.ingress(subject).reason()
        : explainer.egress(subject).reason();
  }

  /** The same with another version of a flag. */
  FlagRoutes with(String key, LDValue flag) throws FlagChangeRefusedException {
    Map<String, LDValue> flags = new HashMap<>(set.flags());
    flags.put(key, flag);
    Map<String, FlagIds> known = new HashMap<>(ids);
    known.remove(key);
    try {
      return new FlagRoutes(new FlagSet(flags, set.segments()), keys, customers, known);
    } catch (FlagSetRefusedException e) {
      throw new FlagChangeRefusedException(e.reason());
    }
  }

  @Override
  public void close() {
    explainer.close();
  }

  /**
   * Whose routes stay.
   *
   * @param customers all that are known
   * @param engines all that are known
   * @param rules those whose alerts count
   */
  public record Bystanders(
      Collection<String> customers, Collection<String> engines, Collection<String> rules) {
    public Bystanders {
      customers = List.copyOf(customers);
      engines = List.copyOf(engines);
      rules = List.copyOf(rules);
    }
  }

  /**
   * A way to route a customer otherwise.
   *
   * @param changes in the order in which they are to be made; empty if nothing has to change
   * @param after the flags with the changes made
   */
  public record Rerouting(List<FlagChange> changes, FlagRoutes after) {
    public Rerouting {
      changes = List.copyOf(changes);
    }
  }
}
