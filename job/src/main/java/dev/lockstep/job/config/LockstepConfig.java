package dev.lockstep.job.config;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.lockstep.alert.Lane;
import dev.lockstep.connector.content.RuleServerSettings;
import dev.lockstep.connector.elasticsearch.ElasticsearchSettings;
import dev.lockstep.connector.files.FileLimits;
import dev.lockstep.connector.files.FileSettings;
import dev.lockstep.connector.kafka.KafkaSettings;
import dev.lockstep.connector.kafka.StartingPoint;
import dev.lockstep.connector.launchdarkly.FlagKeys;
import dev.lockstep.connector.launchdarkly.LaunchDarklySettings;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.event.EnvelopeLayout;
import dev.lockstep.flag.Disposition;
import dev.lockstep.job.config.LockstepOptions.ElasticsearchMode;
import dev.lockstep.job.config.LockstepOptions.RulesSource;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.parity.ComparedEngines;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All options of Lockstep, read and checked.
 *
 * @param engine name of this engine
 * @param kafka how to reach Kafka
 * @param events what comes in
 * @param files which files events come from beside the topic
 * @param rules where rules come from, and what they may do
 * @param mapping texts of the mappings that rules are judged under, without issues; may be none
 * @param flags where flags come from and what happens without
 * @param alerts what goes out
 * @param deadLetters what becomes of what could not be processed
 * @param ruleStatusTopic compacted topic of what became of each rule
 * @param engineStatusTopic compacted topic of what is in force in each engine
 * @param statistics what is counted of customers
 * @param parity the comparison of two engines
 * @param elasticsearchMode how alerts reach Elasticsearch
 * @param elasticsearch how to reach it
 * @param eventIndex which events reach it, and how
 */
public record LockstepConfig(
    String engine,
    KafkaSettings kafka,
    Events events,
    EventFiles files,
    Rules rules,
    List<MappingDocument> mapping,
    Flags flags,
    Alerts alerts,
    DeadLetters deadLetters,
    String ruleStatusTopic,
    String engineStatusTopic,
    Statistics statistics,
    Parity parity,
    ElasticsearchMode elasticsearchMode,
    ElasticsearchSettings elasticsearch,
    EventIndex eventIndex) {

  public LockstepConfig {
    mapping = List.copyOf(mapping);
  }

  /** Returns the same, but no rule is taken out of force for its cost or its failures. */
  public LockstepConfig withoutQuarantine() {
    RuleLimits limits =
        new RuleLimits(
            rules.limits().matchesPerMinute(),
            /* timeShare= */ 1,
            /* faultsPerMinute= */ Integer.MAX_VALUE - 1,
            rules.limits().keptPerGroup());
    return new LockstepConfig(
        engine,
        kafka,
        events,
        files,
        new Rules(
            rules.source(),
            rules.directory(),
            rules.topic(),
            rules.server(),
            rules.maxRemovedShare(),
            limits),
        mapping,
        flags,
        alerts,
        deadLetters,
        ruleStatusTopic,
        engineStatusTopic,
        statistics,
        parity,
        elasticsearchMode,
        elasticsearch,
        eventIndex);
  }

  /** Topic of what could not be processed. */
  public String deadLettersTopic() {
    return deadLetters.topic();
  }

  /**
   * What comes in.
   *
   * @param topic topic of events
   * @param from where an engine without state begins to read
   * @param layout where records say whose they are
   * @param maxOutOfOrderness how far events of a partition may be out of order
   * @param maxAhead how far an event may be ahead of its record and still move event time
   * @param idleness after how long without records a partition holds event time back no more
   * @param stripes number of stripes of the customers that have more than one
   * @param lateness when an event is late, and what becomes of it
   */
  public record Events(
      String topic,
      StartingPoint from,
      EnvelopeLayout layout,
      Duration maxOutOfOrderness,
      Duration maxAhead,
      Duration idleness,
      Map<String, Integer> stripes,
      Lateness lateness)
      implements Serializable {
    public Events {
      requireNonNull(topic, "topic is null");
      stripes = Map.copyOf(stripes);
    }
  }

  /**
   * Which files events come from.
   *
   * @param sources files of one kind each; may be none
   * @param limits how they are found and read
   * @param maxOutOfOrderness how far events that a subtask reads may be out of order
   */
  public record EventFiles(
      List<FileSettings> sources, FileLimits limits, Duration maxOutOfOrderness)
      implements Serializable {
    public EventFiles {
      sources = List.copyOf(sources);
    }

    /** Returns where records of files say whose they are, by the name of their source. */
    public Map<String, EnvelopeLayout> layouts() {
      return sources.stream().collect(toUnmodifiableMap(FileSettings::name, FileSettings::layout));
    }
  }

  /**
   * When an event is late, and what becomes of it beside being judged.
   *
   * @param allowed how far it may be behind event time
   * @param kept whether it is kept as a dead letter
   */
  public record Lateness(Duration allowed, boolean kept) implements Serializable {

    /** Returns whether an event of that time is late when event time has come so far. */
    public boolean isLate(long occurredAtMillis, long watermarkMillis) {
      // As long as there is no event time, the difference is below all numbers.
      long allowedMillis = allowed.toMillis();
      return watermarkMillis > Long.MIN_VALUE + allowedMillis
          && occurredAtMillis < watermarkMillis - allowedMillis;
    }
  }

  /**
   * Which events are indexed, and how.
   *
   * @param customers whose events are; none for nobody's, {@link #ALL} for everybody's
   * @param from where a job without state begins to read
   * @param maxDistance how far an event's time may be from its record's and still name the day of
   *     its index
   * @param elasticsearch how to reach and write to it
   */
  public record EventIndex(
      Set<String> customers,
      StartingPoint from,
      Duration maxDistance,
      ElasticsearchSettings elasticsearch) {

    /** Stands for all customers. */
    public static final String ALL = "*";

    public EventIndex {
      customers = Set.copyOf(customers);
    }

    /** Whether any events are indexed. */
    public boolean isOn() {
      return !customers.isEmpty();
    }
  }

  /**
   * What is counted of customers.
   *
   * @param periodMillis length of a period of event time
   * @param keptPeriods how many periods are kept after they are complete
   * @param maxRules how many rules have counts of their own in a period of a customer
   * @param maxCustomers of how many customers a subtask keeps statistics
   */
  public record Statistics(long periodMillis, int keptPeriods, int maxRules, int maxCustomers)
      implements Serializable {}

  /**
   * What becomes of what could not be processed.
   *
   * @param topic topic of dead letters
   * @param parkedTopic topic of those that are tried no more
   * @param retryDelays how long the first try waits, the second, and so on
   * @param retryClasses classes that are tried again by themselves; never LATE
   * @param maxWaiting how many may wait in one subtask; more are parked
   */
  public record DeadLetters(
      String topic,
      String parkedTopic,
      List<Duration> retryDelays,
      Set<DeadLetterClass> retryClasses,
      int maxWaiting)
      implements Serializable {
    public DeadLetters {
      retryDelays = List.copyOf(retryDelays);
      retryClasses = Set.copyOf(retryClasses);
    }
  }

  /**
   * Where rules come from, and what they may do.
   *
   * @param source which of the following
   * @param directory watched directory of files and bundles
   * @param topic compacted topic of bundles
   * @param server a web server with a bundle; null if none is configured, never null when it is the
   *     source
   * @param maxRemovedShare of the rules in force, what a change may remove unless its bundle says
   *     that it is meant, 0 to 1
   * @param limits what one rule may cost
   */
  public record Rules(
      RulesSource source,
      String directory,
      String topic,
      @Nullable RuleServerSettings server,
      double maxRemovedShare,
      RuleLimits limits) {}

  /**
   * What one rule may cost.
   *
   * @param matchesPerMinute how many alerts of it a customer may have in a minute of event time,
   *     unless the rule says otherwise
   * @param timeShare of the time of a subtask, 0 to 1
   * @param faultsPerMinute on how many events in a minute it may fail in a subtask
   * @param keptPerGroup how many events or values of a group a correlation keeps
   */
  public record RuleLimits(
      int matchesPerMinute, double timeShare, int faultsPerMinute, int keptPerGroup)
      implements Serializable {}

  /**
   * Where flags come from.
   *
   * @param source LaunchDarkly's data; null when there is none and {@code onMissing} decides
   * @param keys the declared flags
   * @param customerFile watched file of the attributes of customers; null for none
   * @param onMissing decides while there is no flag data; null: events wait
   */
  public record Flags(
      @Nullable LaunchDarklySettings source,
      FlagKeys keys,
      @Nullable String customerFile,
      @Nullable Disposition onMissing) {}

  /**
   * What goes out.
   *
   * @param liveTopic topic of the live lane
   * @param shadowTopic topic of the shadow lane
   * @param maxEventBytes an alert carries no larger event
   */
  public record Alerts(String liveTopic, String shadowTopic, int maxEventBytes) {

    /** Returns the topic of {@code lane}. */
    public String topic(Lane lane) {
      return lane == Lane.LIVE ? liveTopic : shadowTopic;
    }

    /** Returns the topics of all lanes. */
    public List<String> topics() {
      return List.of(liveTopic, shadowTopic);
    }
  }

  /**
   * The comparison of two engines.
   *
   * @param engines which; null if none are compared
   * @param topic of verdicts and summaries
   * @param times how long alerts wait
   * @param summaryInterval how often a summary that changes is written
   * @param writesMatched whether alerts on which the engines agree are written one by one
   * @param expectedFile file of the differences that are expected; null for none
   */
  public record Parity(
      @Nullable ComparedEngines engines,
      String topic,
      ParityTimes times,
      Duration summaryInterval,
      boolean writesMatched,
      @Nullable String expectedFile) {

    /** The names of the two engines, for whose flags each alert is asked about; may be none. */
    public List<String> compared() {
      return engines == null ? List.of() : List.of(engines.first(), engines.second());
    }
  }

  /**
   * How long the comparison of engines waits.
   *
   * @param window for the other engine's copy, and again for explanations, in event time
   * @param maxWait the same by the clock
   * @param keep after the verdict
   * @param idleness after how long without alerts of an engine event time goes on without it
   */
  public record ParityTimes(Duration window, Duration maxWait, Duration keep, Duration idleness)
      implements Serializable {}
}
