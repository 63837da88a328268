package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.launchdarkly.FlagFileText;
import dev.lockstep.connector.launchdarkly.FlagFileText.Customers;
import dev.lockstep.connector.launchdarkly.FlagFileText.Targeting;
import dev.lockstep.connector.launchdarkly.FlagKeys;
import dev.lockstep.parity.Noise;
import dev.lockstep.parity.ParityJson;
import dev.lockstep.parity.SummaryRecord;
import dev.lockstep.parity.SummaryRecord.RuleCounts;
import dev.lockstep.parity.Verdict;
import dev.lockstep.parity.VerdictRecord;
import dev.lockstep.parity.VerdictRecord.Control;
import dev.lockstep.parity.VerdictRecord.Copy;
import dev.lockstep.parity.VerdictRecord.FieldDifference;
import dev.lockstep.parity.VerdictRecord.Pair;
import dev.lockstep.parity.VerdictRecord.Rule;
import dev.lockstep.statistics.Counted;
import dev.lockstep.statistics.Counts;
import dev.lockstep.statistics.CustomerStatistics;
import dev.lockstep.statistics.CustomerStatisticsJson;
import dev.lockstep.statistics.EventFate;
import dev.lockstep.statistics.Latency;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records as two engines, a control engine and parity write them, made up from a seed. */
final class RecordedParity {

  static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  static final String BUNDLE = "3f2a91c07d5be6a4";

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "b1f0c7de-0001-4a51-9c0e-1d1f6d1e1a01", "Encoded PowerShell Download Cradle", "high"),
          new Rule("b1f0c7de-0002-4a51-9c0e-1d1f6d1e1a02", "Shadow Copies Destroyed", "critical"),
          new Rule(
              "b1f0c7de-0003-4a51-9c0e-1d1f6d1e1a03",
              "Console Login without MFA from a New Address",
              "medium"),
          new Rule("b1f0c7de-0004-4a51-9c0e-1d1f6d1e1a04", "SQL Injection in Query", "medium"),
          new Rule(
              "b1f0c7de-0005-4a51-9c0e-1d1f6d1e1a05",
              "Passwords Sprayed over Many Accounts",
              "high"),
          new Rule(
              "b1f0c7de-0006-4a51-9c0e-1d1f6d1e1a06",
              "Client Fetches Much More than Before",
              "low"));

  private final MigrationRecords records = new MigrationRecords();
  private final Random random;
  private final Map<String, Map<Instant, Hour>> hours = new TreeMap<>();
  private int alerts;

  /** What a summary will say. */
  private static final class Hour {
    private final Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
    private final Map<Verdict, Long> noisy = new EnumMap<>(Verdict.class);
    private final Map<String, Map<Verdict, Long>> rules = new HashMap<>();
    private final Map<String, Rule> known = new HashMap<>();
    private final Map<String, Long> fields = new HashMap<>();
    private final Map<Noise, Long> noise = new EnumMap<>(Noise.class);
  }

  RecordedParity(long seed) {
    this.random = new Random(seed);
  }

  /** The records so far, with a summary for each customer and hour. */
  MigrationRecords records() {
    hours.forEach(
        (customer, of) -> of.forEach((hour, counts) -> take(summary(customer, hour, counts))));
    hours.clear();
    return records;
  }

  private static SummaryRecord summary(String customer, Instant hour, Hour counts) {
    Map<String, RuleCounts> rules = new HashMap<>();
    counts.rules.forEach(
        (id, verdicts) -> {
          Rule rule = requireNonNull(counts.known.get(id), id);
          rules.put(id, new RuleCounts(rule.title(), rule.level(), verdicts));
        });
    return new SummaryRecord(
        customer,
        hour,
        hour.toEpochMilli(),
        1,
        List.of("blue", "green", "blue2"),
        counts.verdicts,
        counts.noisy,
        // Each customer is counted as if it had gone over before all that was compared.
        Map.of("green", counts.verdicts),
        rules,
        counts.fields,
        0,
        counts.noise,
        Map.of());
  }

  private void take(dev.lockstep.parity.ParityRecord record) {
    records.parity(ParityJson.write(record));
  }

  /** An engine says something of itself. */
  RecordedParity engine(String engine, Instant at, String bundle, Duration behind, String flags) {
    String json =
        """
        {"engine": "%1$s", "updated_at": "%2$s",
         "bundle": {"version": "%3$s", "parts": [], "in_force_at": "%4$s",
                    "in_force_subtasks": 4, "subtasks": 4},
         "rules": {"in_force": 80, "uncovered": 0, "rejected": 0, "quarantined": 0},
         "flags": {"version": "%6$s", "in_force_subtasks": 4, "subtasks": 4},
         "event_time": {"watermark": "%2$s", "behind_millis": %5$d}}
        """
            .formatted(engine, at, bundle, BEGIN, behind.toMillis(), flags);
    records.status(engine.getBytes(UTF_8), json.getBytes(UTF_8));
    return this;
  }

  /** An engine counts an hour of a customer. */
  void statistics(
      String engine, String customer, Instant hour, long judged, long live, long shadow) {
    Counts counts = new Counts();
    counts.add(Counted.EVENTS, EventFate.IN.label(), judged);
    counts.add(Counted.EVENTS, EventFate.JUDGED.label(), judged);
    counts.add(Counted.LIVE, "r", live);
    counts.add(Counted.SHADOW, "r", shadow);
    counts.add(Counted.LATENCY, Latency.label(engine.equals("blue") ? 4_200 : 1_700), live);
    counts.add(Counted.LATENCY, Latency.label(8_000), shadow);
    counts.add(Counted.COST_NANOS, "r", judged * (engine.equals("blue") ? 4_200 : 3_100));
    CustomerStatistics statistics =
        new CustomerStatistics(
            engine, customer, hour, hour.plus(1, ChronoUnit.HOURS), true, hour, counts);
    records.status(
        statistics.key().toString().getBytes(UTF_8), CustomerStatisticsJson.write(statistics));
  }

  /**
   * So many verdicts on alerts of a customer within one hour; all but those that match are written.
   */
  void verdicts(Verdict verdict, String customer, Instant hour, int count) {
    for (int i = 0; i < count; i++) {
      verdict(verdict, customer, hour.plusMillis(random.nextInt(3_600_000)), rule(verdict));
    }
  }

  private Rule rule(Verdict verdict) {
    return RULES.get(verdict == Verdict.DIFFERS ? random.nextInt(2) : random.nextInt(RULES.size()));
  }

  /** One verdict. */
  void verdict(Verdict verdict, String customer, Instant at, Rule rule) {
    alerts++;
    boolean noise = verdict.weight() == Verdict.Weight.DIFFERENCE && random.nextInt(20) == 0;
    List<FieldDifference> differences =
        verdict == Verdict.DIFFERS ? List.of(difference()) : List.of();
    Hour counts =
        hours
            .computeIfAbsent(customer, name -> new TreeMap<>())
            .computeIfAbsent(at.truncatedTo(ChronoUnit.HOURS), begin -> new Hour());
    counts.verdicts.merge(verdict, 1L, Long::sum);
    counts.known.put(rule.id(), rule);
    counts
        .rules
        .computeIfAbsent(rule.id(), id -> new EnumMap<>(Verdict.class))
        .merge(verdict, 1L, Long::sum);
    differences.forEach(each -> counts.fields.merge(each.field(), 1L, Long::sum));
    counts.noise.merge(noise ? Noise.DIFFERS : Noise.MATCHED, 1L, Long::sum);
    if (noise) {
      counts.noisy.merge(verdict, 1L, Long::sum);
    }
    if (verdict != Verdict.MATCHED) {
      take(record(verdict, customer, at, rule, differences, noise));
    }
  }

  private VerdictRecord record(
      Verdict verdict,
      String customer,
      Instant at,
      Rule rule,
      List<FieldDifference> differences,
      boolean noise) {
    List<Copy> copies = new ArrayList<>();
    copies.add(new Copy("blue", "live", BUNDLE, "f1a9", Map.of()));
    if (verdict == Verdict.DIFFERS || verdict == Verdict.NEAR_MATCH) {
      copies.add(new Copy("green", "shadow", BUNDLE, "f1a9", Map.of()));
    }
    @Nullable Pair pair =
        verdict == Verdict.NEAR_MATCH
            ? new Pair(
                "%032x".formatted(random.nextLong()),
                at.plusSeconds(4),
                "same rule, group and window; it begins 4 s later in green")
            : null;
    return new VerdictRecord(
        verdict,
        customer,
        "%016x%016x".formatted(alerts, random.nextLong()),
        rule,
        at,
        copies,
        differences,
        pair,
        new Control("blue2", noise ? Noise.DIFFERS : Noise.MATCHED, List.of()),
        noise,
        null,
        null);
  }

  private FieldDifference difference() {
    return random.nextBoolean()
        ? new FieldDifference(
            "matched_fields.CommandLine",
            Map.of(
                "blue",
                "powershell.exe -nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAAuAFcAZQBiAEMAbABpAGUAbgB0ACkA",
                "green",
                "powershell.exe -nop -w hidden -enc SQBFAFgA"),
            null)
        : new FieldDifference("rule.level", Map.of("blue", "high", "green", "critical"), null);
  }

  /** Flags that have customers at different stages between blue and green. */
  static String flags(
      List<String> trickle, List<String> full, List<String> live, List<String> retired) {
    FlagFileText base =
        new FlagFileText(
            FlagKeys.DEFAULT,
            new Targeting("in", List.of(new Customers(1, List.of())), "{\"variation\": 0}"),
            new Targeting("out", List.of(new Customers(0, List.of())), "{\"variation\": 1}"));
    List<String> moved = new ArrayList<>(live);
    moved.addAll(retired);
    List<String> letIn = new ArrayList<>(full);
    letIn.addAll(moved);
    String ingress =
        "\"rules\": [%s, %s, %s, %s], "
            .formatted(
                rule("r1", "\"variation\": 1", "blue", retired),
                rule("r2", "\"variation\": 0", "green", letIn),
                rule(
                    "r3",
                    "\"rollout\": {\"contextKind\": \"event\", \"variations\": [{\"variation\": 0,"
                        + " \"weight\": 10000}, {\"variation\": 1, \"weight\": 90000}]}",
                    "green",
                    trickle),
                rule("r4", "\"variation\": 1", "green", List.of()));
    String egress =
        "\"rules\": [%s, %s, %s], "
            .formatted(
                rule("s1", "\"variation\": 0", "green", moved),
                rule("s2", "\"variation\": 1", "blue", moved),
                rule("s3", "\"variation\": 0", "blue", List.of()));
    String text = base.text();
    int second = text.indexOf("\"lockstep-egress\": {");
    return text.substring(0, second).replace("\"on\": true,", "\"on\": true, " + ingress)
        + text.substring(second).replace("\"on\": true,", "\"on\": true, " + egress);
  }

  /** A rule for some customers of an engine; for all but those of other rules if there are none. */
  private static String rule(String id, String serves, String engine, List<String> customers) {
    String clause =
        "{\"contextKind\": \"%s\", \"attribute\": \"key\", \"op\": \"in\", \"values\": [%s],"
            + " \"negate\": false}";
    String whose =
        customers.isEmpty()
            ? ""
            : ", " + clause.formatted("customer", "\"" + String.join("\", \"", customers) + "\"");
    return "{\"id\": \"%s\", %s, \"clauses\": [%s%s]}"
        .formatted(id, serves, clause.formatted("engine", "\"" + engine + "\""), whose);
  }
}
