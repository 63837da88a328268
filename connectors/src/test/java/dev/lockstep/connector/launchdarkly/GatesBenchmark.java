package dev.lockstep.connector.launchdarkly;

import static dev.lockstep.connector.launchdarkly.FlagJson.member;

import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FixedDecisions;
import dev.lockstep.flag.FlagDecision;
import dev.lockstep.flag.FlagDecisions;
import dev.lockstep.flag.FlagSubject;
import dev.lockstep.flag.FlagSubject.RuleAttributes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What the gates ask for one event and one alert of it. Customers, rules and events take turns, so
 * that no two decisions running are of the same subject.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class GatesBenchmark {

  private static final int EVENTS = 10_007;
  private static final int CUSTOMERS = 101;
  private static final int RULES = 211;

  /** How the flags are used. */
  public enum Use {
    /** Customers are moved one by one. */
    CUSTOMERS(
        "\"contextTargets\":[{\"contextKind\":\"customer\",\"variation\":1,\"values\":[\"customer-7\"]}],"
            + "\"fallthrough\":{\"variation\":0}"),
    /** A segment of customers by tier, and rules by level, behind a prerequisite. */
    TIERS_AND_LEVELS(
        "\"prerequisites\":[{\"key\":\"platform\",\"variation\":0}],\"rules\":["
            + "{\"id\":\"a\",\"variation\":1,\"clauses\":[{\"contextKind\":\"customer\",\"attribute\":\"\","
            + "\"op\":\"segmentMatch\",\"values\":[\"gold\"]}]},"
            + "{\"id\":\"b\",\"variation\":1,\"clauses\":[{\"contextKind\":\"rule\",\"attribute\":\"level\","
            + "\"op\":\"in\",\"values\":[\"low\"]}]}],\"fallthrough\":{\"variation\":0}"),
    /** A share of the events: the only use that must decide anew each time. */
    SHARE_OF_EVENTS(
        "\"fallthrough\":{\"rollout\":{\"contextKind\":\"event\",\"variations\":["
            + "{\"variation\":0,\"weight\":30000},{\"variation\":1,\"weight\":70000}]}}");

    private final String rest;

    Use(String rest) {
      this.rest = rest;
    }

    private String flagSet() {
      String platform = member("platform", 1, "true,false", "\"fallthrough\":{\"variation\":0}");
      String gold =
          "\"gold\":{\"key\":\"gold\",\"version\":1,\"salt\":\"x\",\"rules\":[{\"clauses\":["
              + "{\"contextKind\":\"customer\",\"attribute\":\"tier\",\"op\":\"in\",\"values\":[\"gold\"]}]}]}";
      return "{\"flags\":{%s,%s,%s},\"segments\":{%s}}"
          .formatted(
              member(FlagJson.KEYS.ingress(), 1, "true,false", rest),
              FlagJson.egress(1, rest),
              platform,
              gold);
    }
  }

  @Param Use use = Use.CUSTOMERS;

  private final String[] customers = numbered("customer-", CUSTOMERS);
  private final String[] events = numbered("0f8c2a6e-5d1b-4c1e-9a37-", EVENTS);
  private final RuleAttributes[] rules = rules();

  private FlagDecisions decisions = new FixedDecisions(Disposition.OFF);

  private int next;

  /** Reads the flags and a directory in which each third customer is gold. */
  @Setup
  public void read() {
    StringBuilder directory = new StringBuilder();
    for (int i = 0; i < CUSTOMERS; i++) {
      directory.append("customer-%d: {tier: %s}\n".formatted(i, i % 3 == 0 ? "gold" : "silver"));
    }
    decisions =
        new LaunchDarklyFlagSetReader(FlagJson.KEYS)
            .read(
                use.flagSet(),
                CustomerDirectory.parse("customers.yml", directory.toString()).directory());
  }

  @TearDown
  public void close() {
    decisions.close();
  }

  /** An event that comes in. */
  @Benchmark
  public FlagDecision<Boolean> ingress() {
    return decisions.ingress(subject(null));
  }

  /** An alert that goes out. */
  @Benchmark
  public FlagDecision<Disposition> egress() {
    return decisions.egress(subject(rules[next % RULES]));
  }

  /** Both, of one event. */
  @Benchmark
  public void both(Blackhole hole) {
    hole.consume(decisions.ingress(subject(null)));
    hole.consume(decisions.egress(subject(rules[next % RULES])));
  }

  private FlagSubject subject(@Nullable RuleAttributes rule) {
    next = next + 1 == EVENTS * CUSTOMERS ? 0 : next + 1;
    return new FlagSubject(customers[next % CUSTOMERS], "blue", events[next % EVENTS], rule);
  }

  private static String[] numbered(String prefix, int count) {
    String[] names = new String[count];
    for (int i = 0; i < count; i++) {
      names[i] = prefix + i;
    }
    return names;
  }

  private static RuleAttributes[] rules() {
    String[] levels = {"low", "medium", "high", "critical"};
    RuleAttributes[] rules = new RuleAttributes[RULES];
    for (int i = 0; i < RULES; i++) {
      rules[i] = new RuleAttributes("rule-" + i, levels[i % levels.length], "stable");
    }
    return rules;
  }
}
