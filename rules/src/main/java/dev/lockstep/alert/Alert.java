package dev.lockstep.alert;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule found something in a customer's events.
 *
 * @param id see {@link AlertId}
 * @param customer customer id
 * @param engine name of the engine that found it
 * @param occurredAt event time of what was found, to the millisecond
 * @param rule the rule as it was in force
 * @param bundle version of the bundle that the rule came in
 * @param matchedFields the fields that the rule matched and the values it saw, in a stable order
 * @param events the events that it was found in, never empty
 * @param correlation what the events came to together; null for a rule of single events
 * @param suppressed the further alerts that this one stands for
 * @param routing the lane and why; null until the egress gate has decided
 */
public record Alert(
    String id,
    String customer,
    String engine,
    Instant occurredAt,
    RuleReference rule,
    String bundle,
    Map<String, String> matchedFields,
    List<EventReference> events,
    @Nullable Correlated correlation,
    Suppressed suppressed,
    @Nullable Routing routing) {

  /** An alert of single events that stands for itself alone. */
  public Alert(
      String id,
      String customer,
      String engine,
      Instant occurredAt,
      RuleReference rule,
      String bundle,
      Map<String, String> matchedFields,
      List<EventReference> events,
      @Nullable Routing routing) {
    this(
        id,
        customer,
        engine,
        occurredAt,
        rule,
        bundle,
        matchedFields,
        events,
        /* correlation= */ null,
        Suppressed.NONE,
        routing);
  }

  public Alert {
    requireNonNull(id, "id is null");
    requireNonNull(customer, "customer is null");
    requireNonNull(engine, "engine is null");
    requireNonNull(occurredAt, "occurredAt is null");
    requireNonNull(rule, "rule is null");
    requireNonNull(bundle, "bundle is null");
    matchedFields = Collections.unmodifiableMap(new LinkedHashMap<>(matchedFields));
    events = List.copyOf(events);
    if (events.isEmpty()) {
      throw new IllegalArgumentException("alert " + id + " must name at least one event");
    }
  }

  /** Returns this alert with its way out decided. */
  public Alert routed(Routing decided) {
    return with(suppressed, decided);
  }

  /** Returns this alert standing for others as well. */
  public Alert standingFor(Suppressed others) {
    return with(others, routing);
  }

  private Alert with(Suppressed others, @Nullable Routing decided) {
    return new Alert(
        id,
        customer,
        engine,
        occurredAt,
        rule,
        bundle,
        matchedFields,
        events,
        correlation,
        others,
        decided);
  }

  /**
   * What several events came to.
   *
   * @param type of the correlation
   * @param group values by the names that the correlation groups by, in its order
   * @param count number of events, values or rules, whichever the type counts
   * @param value what was compared, where it is not the count; else null
   * @param from begin of the window
   * @param to its end
   * @param approximate whether the window had more than could be kept
   * @param estimatedBy what count and value were estimated by, and how far they may be wrong; null
   *     if they were not
   */
  public record Correlated(
      String type,
      Map<String, String> group,
      long count,
      @Nullable BigDecimal value,
      Instant from,
      Instant to,
      boolean approximate,
      @Nullable String estimatedBy) {

    /** What was counted, and not estimated. */
    public Correlated(
        String type,
        Map<String, String> group,
        long count,
        @Nullable BigDecimal value,
        Instant from,
        Instant to,
        boolean approximate) {
      this(type, group, count, value, from, to, approximate, /* estimatedBy= */ null);
    }

    public Correlated {
      requireNonNull(type, "type is null");
      group = Collections.unmodifiableMap(new LinkedHashMap<>(group));
      requireNonNull(from, "from is null");
      requireNonNull(to, "to is null");
    }
  }

  /**
   * Alerts of the same rule and customer that were not sent, because there were too many.
   *
   * @param count how many
   * @param until up to what event time they were counted; null if there are none
   */
  public record Suppressed(long count, @Nullable Instant until) {
    public static final Suppressed NONE = new Suppressed(0, null);
  }

  /**
   * A rule as an alert names it.
   *
   * @param level Sigma level, or null when the rule has none
   * @param status Sigma status, or null when the rule has none
   * @param version hash of the rule's content and that of its filters
   * @param shadowOnly whether the rule's author keeps it out of the live lane, whatever flags say
   * @param filters ids of the filters that the alert's event has passed, too
   */
  public record RuleReference(
      String id,
      String title,
      @Nullable String level,
      @Nullable String status,
      List<String> tags,
      String version,
      boolean shadowOnly,
      List<String> filters) {

    /** A rule to which no filter was added. */
    public RuleReference(
        String id,
        String title,
        @Nullable String level,
        @Nullable String status,
        List<String> tags,
        String version,
        boolean shadowOnly) {
      this(id, title, level, status, tags, version, shadowOnly, List.of());
    }

    public RuleReference {
      requireNonNull(id, "id is null");
      requireNonNull(title, "title is null");
      tags = List.copyOf(tags);
      filters = List.copyOf(filters);
      requireNonNull(version, "version is null");
    }
  }

  /**
   * An event as an alert carries it.
   *
   * @param id the event's id within its customer
   * @param occurredAt event time, to the millisecond
   * @param json the event as it came in, one JSON object
   */
  public record EventReference(String id, Instant occurredAt, String json) {
    public EventReference {
      requireNonNull(id, "id is null");
      requireNonNull(occurredAt, "occurredAt is null");
      requireNonNull(json, "json is null");
    }
  }

  /**
   * The egress decision.
   *
   * @param lane the way out
   * @param flags version of the flag set that decided
   * @param reason the flag system's reason
   * @param lanes where the same flag set sends this alert in each of the engines that are compared:
   *     {@code live}, {@code shadow} or {@code off} by the engine's name; empty if none are, or if
   *     no flag set decided
   * @param rescuedFrom the copies of which none went live; empty unless the comparison of engines
   *     has sent this alert
   */
  public record Routing(
      Lane lane,
      String flags,
      String reason,
      Map<String, String> lanes,
      List<RescuedCopy> rescuedFrom) {

    /** A decision of an engine that knows of no other. */
    public Routing(Lane lane, String flags, String reason) {
      this(lane, flags, reason, Map.of(), List.of());
    }

    public Routing {
      requireNonNull(lane, "lane is null");
      requireNonNull(flags, "flags is null");
      requireNonNull(reason, "reason is null");
      lanes = Collections.unmodifiableMap(new LinkedHashMap<>(lanes));
      rescuedFrom = List.copyOf(rescuedFrom);
    }
  }

  /**
   * An engine's copy of an alert that was rescued.
   *
   * @param engine that sent it to shadow
   * @param flags version of the flag set that decided so
   * @param reason the flag system's reason
   */
  public record RescuedCopy(String engine, String flags, String reason) {
    public RescuedCopy {
      requireNonNull(engine, "engine is null");
      requireNonNull(flags, "flags is null");
      requireNonNull(reason, "reason is null");
    }
  }
}
