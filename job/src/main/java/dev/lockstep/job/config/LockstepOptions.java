package dev.lockstep.job.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/**
 * Every option of Lockstep; {@code flink-conf/lockstep.yaml} lists the same with their defaults.
 */
public final class LockstepOptions {

  public static final ConfigOption<String> ENGINE_NAME =
      ConfigOptions.key("engine.name")
          .stringType()
          .defaultValue("blue")
          .withDescription(
              "Name of this engine: part of transactions, consumer group, alerts and flag contexts."
                  + " Two engines of one Kafka must not share it.");

  public static final ConfigOption<String> KAFKA_BOOTSTRAP_SERVERS =
      ConfigOptions.key("kafka.bootstrap-servers")
          .stringType()
          .defaultValue("127.0.0.1:9092")
          .withDescription("Kafka brokers, host:port separated by commas.");

  public static final ConfigOption<Map<String, String>> KAFKA_PROPERTIES =
      ConfigOptions.key("kafka.properties")
          .mapType()
          .defaultValue(Map.of())
          .withDescription("Further Kafka client properties, such as security.protocol.");

  public static final ConfigOption<String> EVENTS_TOPIC =
      ConfigOptions.key("events.topic")
          .stringType()
          .defaultValue("events")
          .withDescription("Topic that events are read from.");

  public static final ConfigOption<String> EVENTS_FROM =
      ConfigOptions.key("events.from")
          .stringType()
          .defaultValue("committed")
          .withDescription(
              "Where a detection job that starts without state begins to read: committed (where"
                  + " this engine's consumer group was, else the earliest), earliest, latest, or a"
                  + " time such as 2026-01-31T12:00:00Z. With a checkpoint or savepoint it goes on"
                  + " where that was.");

  public static final ConfigOption<List<String>> EVENTS_CUSTOMER =
      ConfigOptions.key("events.customer")
          .stringType()
          .asList()
          .defaultValues("field:customer", "key")
          .withDescription(
              "Where the customer id is: key, header:NAME or field:PATH; the first with a value"
                  + " counts.");

  public static final ConfigOption<List<String>> EVENTS_ID =
      ConfigOptions.key("events.id")
          .stringType()
          .asList()
          .defaultValues("field:event_id")
          .withDescription("Where the event id is; without one it is topic/partition/offset.");

  public static final ConfigOption<List<String>> EVENTS_TIME =
      ConfigOptions.key("events.time")
          .stringType()
          .asList()
          .defaultValues("field:@timestamp")
          .withDescription(
              "Where the event time is (ISO-8601 or epoch milliseconds); without one it is the"
                  + " record's timestamp.");

  public static final ConfigOption<MemorySize> EVENTS_MAX_SIZE =
      ConfigOptions.key("events.max-size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(1))
          .withDescription("Larger records become dead letters of class TOO_LARGE.");

  public static final ConfigOption<Duration> EVENTS_MAX_OUT_OF_ORDERNESS =
      ConfigOptions.key("events.max-out-of-orderness")
          .durationType()
          .defaultValue(Duration.ofSeconds(30))
          .withDescription("How far events of one partition may be out of order, in event time.");

  public static final ConfigOption<Duration> EVENTS_ALLOWED_LATENESS =
      ConfigOptions.key("events.allowed-lateness")
          .durationType()
          .defaultValue(Duration.ofMinutes(15))
          .withDescription(
              "How far an event may be behind event time, which itself is"
                  + " events.max-out-of-orderness behind the newest event. A later one is judged as"
                  + " usual, and counted (eventsLate).");

  public static final ConfigOption<Boolean> EVENTS_KEEP_LATE =
      ConfigOptions.key("events.keep-late")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether late events are also kept as dead letters of class LATE, or only counted:"
                  + " true or false.");

  public static final ConfigOption<Duration> EVENTS_MAX_AHEAD =
      ConfigOptions.key("events.max-ahead")
          .durationType()
          .defaultValue(Duration.ofMinutes(5))
          .withDescription(
              "How far an event's time may be ahead of its record's timestamp and still move event"
                  + " time: one clock set to the future does not make all others late.");

  public static final ConfigOption<Duration> EVENTS_IDLENESS =
      ConfigOptions.key("events.idleness")
          .durationType()
          .defaultValue(Duration.ofSeconds(30))
          .withDescription(
              "A partition without records for so long holds event time back no more.");

  public static final ConfigOption<Map<String, String>> EVENTS_STRIPES =
      ConfigOptions.key("events.stripes")
          .mapType()
          .defaultValue(Map.of())
          .withDescription(
              "Number of stripes of a big customer, as CUSTOMER: N; all others have one. Never a"
                  + " function of load, or replays differ.");

  public static final ConfigOption<Map<String, String>> FILES_SOURCES =
      ConfigOptions.key("files.sources")
          .mapType()
          .defaultValue(Map.of())
          .withDescription(
              "Files that events are read from beside the topic, as NAME.path, and where it is not"
                  + " ndjson NAME.format; beside them customer-id (whose all of them are), or"
                  + " customer, id and time (places as in events.customer; what a group of the path"
                  + " says is header: and its name).");

  public static final ConfigOption<MemorySize> FILES_PART_SIZE =
      ConfigOptions.key("files.part-size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(64))
          .withDescription(
              "A file of lines that is not compressed is read in parts of this size, by as many"
                  + " subtasks as there are.");

  public static final ConfigOption<MemorySize> FILES_MAX_IN_FLIGHT =
      ConfigOptions.key("files.max-in-flight")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(1024))
          .withDescription(
              "How much of one customer's files may be with readers at once, and at least one part:"
                  + " the rest waits while other customers have their turn.");

  public static final ConfigOption<Duration> FILES_DISCOVERY_INTERVAL =
      ConfigOptions.key("files.discovery-interval")
          .durationType()
          .defaultValue(Duration.ofSeconds(10))
          .withDescription(
              "How long to wait between two looks at the folders; those of days, as {yyyy}, {MM} and"
                  + " {dd} say, that have been over for two days are looked at once an hour.");

  public static final ConfigOption<Duration> FILES_QUIET_TIME =
      ConfigOptions.key("files.quiet-time")
          .durationType()
          .defaultValue(Duration.ofSeconds(5))
          .withDescription(
              "How long a file of file:// must not have changed before it is read. Where files are"
                  + " renamed into their folder it may be 0 s; objects of a store appear whole, and"
                  + " are not waited for.");

  public static final ConfigOption<Duration> FILES_REMEMBER =
      ConfigOptions.key("files.remember")
          .durationType()
          .defaultValue(Duration.ofDays(7))
          .withDescription(
              "How long after its modification a file that has been read and is gone is remembered."
                  + " One that appears and is as old as a forgotten one is not read, but told"
                  + " (filesTooOld).");

  public static final ConfigOption<Integer> FILES_MAX_REMEMBERED =
      ConfigOptions.key("files.max-remembered")
          .intType()
          .defaultValue(500_000)
          .withDescription(
              "How many files are remembered, 32 bytes of each checkpoint for each; beyond, the"
                  + " oldest are forgotten. It must be more than lie in the folders.");

  public static final ConfigOption<List<String>> FILES_RETRY_DELAYS =
      ConfigOptions.key("files.retry-delays")
          .stringType()
          .asList()
          .defaultValues("1 s", "10 s", "1 min", "5 min")
          .withDescription(
              "How long a file whose storage fails rests before it is tried again, and again; then"
                  + " the rest of it becomes a dead letter of class UNREADABLE_FILE.");

  public static final ConfigOption<Duration> FILES_MAX_OUT_OF_ORDERNESS =
      ConfigOptions.key("files.max-out-of-orderness")
          .durationType()
          .defaultValue(Duration.ofMinutes(10))
          .withDescription(
              "How far events of the files that a subtask reads one after another may be out of"
                  + " order, in event time.");

  public static final ConfigOption<RulesSource> RULES_SOURCE =
      ConfigOptions.key("rules.source")
          .enumType(RulesSource.class)
          .defaultValue(RulesSource.DIRECTORY)
          .withDescription(
              "Where rules come from: directory (watched), kafka (bundles of a compacted topic) or"
                  + " http (a bundle of a web server, asked for again and again).");

  public static final ConfigOption<String> RULES_DIRECTORY =
      ConfigOptions.key("rules.directory")
          .stringType()
          .defaultValue("/opt/lockstep/rules")
          .withDescription(
              "Watched directory of Sigma rules (*.yml, *.yaml, not *.test.yml) and bundles"
                  + " (*.tar.gz), for rules.source: directory.");

  public static final ConfigOption<String> RULES_TOPIC =
      ConfigOptions.key("rules.topic")
          .stringType()
          .defaultValue("rules")
          .withDescription(
              "Compacted topic of bundles, for rules.source: kafka and for rules publish. It needs"
                  + " a max.message.bytes of at least the largest bundle's size.");

  public static final ConfigOption<String> RULES_URL =
      ConfigOptions.key("rules.url")
          .stringType()
          .noDefaultValue()
          .withDescription("URL of a bundle (*.tar.gz), for rules.source: http.");

  public static final ConfigOption<String> RULES_TOKEN_FILE =
      ConfigOptions.key("rules.token-file")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "File with the bearer token for rules.url, which must be https then. It is read at"
                  + " each request, so the token may change.");

  public static final ConfigOption<Duration> RULES_POLL_INTERVAL =
      ConfigOptions.key("rules.poll-interval")
          .durationType()
          .defaultValue(Duration.ofSeconds(5))
          .withDescription(
              "How long to wait between two requests for rules.url. A server that knows entity tags"
                  + " or times of change answers nearly all of them with a few bytes.");

  public static final ConfigOption<Double> RULES_MAX_REMOVED_SHARE =
      ConfigOptions.key("rules.max-removed-share")
          .doubleType()
          .defaultValue(0.3)
          .withDescription(
              "Share of the rules in force, 0 to 1, that one change may remove; one that would"
                  + " remove more is refused whole, unless its bundle says that this is meant.");

  public static final ConfigOption<Integer> RULES_MATCHES_PER_MINUTE =
      ConfigOptions.key("rules.matches-per-minute")
          .intType()
          .defaultValue(1000)
          .withDescription(
              "How many alerts of one rule a customer may have in a minute of event time; those"
                  + " beyond are counted on one. A rule can say otherwise"
                  + " (lockstep.budget.matches_per_minute), and that it is to be quarantined then"
                  + " (lockstep.budget.beyond: quarantine). Each stripe of a big customer counts"
                  + " for itself.");

  public static final ConfigOption<Double> RULES_MAX_TIME_SHARE =
      ConfigOptions.key("rules.max-time-share")
          .doubleType()
          .defaultValue(0.25)
          .withDescription(
              "Share of the time of a subtask, 0 to 1, that one rule may take; one that takes more"
                  + " for 30 s is quarantined until another version of it comes or it is"
                  + " released.");

  public static final ConfigOption<Integer> RULES_MAX_FAULTS_PER_MINUTE =
      ConfigOptions.key("rules.max-faults-per-minute")
          .intType()
          .defaultValue(100)
          .withDescription(
              "On how many events in a minute one rule may fail in a subtask, each of them a dead"
                  + " letter; then it is quarantined.");

  public static final ConfigOption<Integer> RULES_MAX_KEPT_PER_GROUP =
      ConfigOptions.key("rules.max-kept-per-group")
          .intType()
          .defaultValue(100_000)
          .withDescription(
              "How many events or values of one group a correlation keeps. Beyond, the oldest are"
                  + " given up, its alerts say that they are approximate, and its status says that"
                  + " it is capped. Counts keep no more than their thresholds need.");

  public static final ConfigOption<List<String>> RULES_MAPPING =
      ConfigOptions.key("rules.mapping")
          .stringType()
          .asList()
          .defaultValues()
          .withDescription(
              "Which events belong to which logsource, and how they name fields: mappings that ship"
                  + " (such as windows-evtx) or files, read once at the start. Without any, fields"
                  + " are taken as they are named, and logsources do not filter.");

  public static final ConfigOption<FlagsSource> FLAGS_SOURCE =
      ConfigOptions.key("flags.source")
          .enumType(FlagsSource.class)
          .defaultValue(FlagsSource.FILE)
          .withDescription(
              "Where flags come from: file (in LaunchDarkly's format, watched), launchdarkly (its"
                  + " stream), launchdarkly-polling (asked every 30 seconds, where no stream gets"
                  + " through) or none (flags.on-missing decides everything).");

  public static final ConfigOption<String> FLAGS_FILE =
      ConfigOptions.key("flags.file")
          .stringType()
          .defaultValue("/opt/lockstep/flags.json")
          .withDescription("Flag file in LaunchDarkly's format, for flags.source: file.");

  public static final ConfigOption<String> FLAGS_SDK_KEY =
      ConfigOptions.key("flags.sdk-key")
          .stringType()
          .defaultValue("env:LAUNCHDARKLY_SDK_KEY")
          .withDescription(
              "Where the SDK key is, never the key itself: env:NAME or file:PATH, for flags.source:"
                  + " launchdarkly.");

  public static final ConfigOption<String> FLAGS_RELAY_URI =
      ConfigOptions.key("flags.relay-uri")
          .stringType()
          .noDefaultValue()
          .withDescription("Base URI of a LaunchDarkly relay proxy; unset: LaunchDarkly itself.");

  public static final ConfigOption<String> FLAGS_STREAMING_URI =
      ConfigOptions.key("flags.streaming-uri")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Base URI of the stream alone, for an instance such as the European one; wins over"
                  + " flags.relay-uri.");

  public static final ConfigOption<String> FLAGS_POLLING_URI =
      ConfigOptions.key("flags.polling-uri")
          .stringType()
          .noDefaultValue()
          .withDescription("Base URI of polling alone; wins over flags.relay-uri.");

  public static final ConfigOption<String> FLAGS_INGRESS_KEY =
      ConfigOptions.key("flags.ingress-key")
          .stringType()
          .defaultValue("lockstep-ingress")
          .withDescription("Boolean flag: may this engine process this event?");

  public static final ConfigOption<String> FLAGS_EGRESS_KEY =
      ConfigOptions.key("flags.egress-key")
          .stringType()
          .defaultValue("lockstep-egress")
          .withDescription("Flag live, shadow or off (or boolean): where does an alert go?");

  public static final ConfigOption<OnMissing> FLAGS_ON_MISSING =
      ConfigOptions.key("flags.on-missing")
          .enumType(OnMissing.class)
          .defaultValue(OnMissing.HOLD)
          .withDescription(
              "What happens while there is no flag data: hold (events wait, nothing is lost), or"
                  + " every event is judged and its alerts go live, shadow or off.");

  public static final ConfigOption<String> CUSTOMERS_FILE =
      ConfigOptions.key("customers.file")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Watched YAML file of what flags may target of customers beside their ids, as"
                  + " CUSTOMER: {tier: gold, region: eu}. When it is set, events wait for it as for"
                  + " flags.");

  public static final ConfigOption<String> ALERTS_LIVE_TOPIC =
      ConfigOptions.key("alerts.live.topic")
          .stringType()
          .defaultValue("alerts.live")
          .withDescription("Topic of the live lane.");

  public static final ConfigOption<String> ALERTS_SHADOW_TOPIC =
      ConfigOptions.key("alerts.shadow.topic")
          .stringType()
          .defaultValue("alerts.shadow")
          .withDescription("Topic of the shadow lane; never the live one's.");

  public static final ConfigOption<MemorySize> ALERTS_MAX_EVENT_SIZE =
      ConfigOptions.key("alerts.max-event-size")
          .memoryType()
          .defaultValue(MemorySize.parse("768kb"))
          .withDescription(
              "Alerts name a larger event by id and origin instead of carrying it, so that they"
                  + " stay below the brokers' limit of 1 MiB a record.");

  public static final ConfigOption<String> DEAD_LETTERS_TOPIC =
      ConfigOptions.key("dead-letters.topic")
          .stringType()
          .defaultValue("dead-letters")
          .withDescription("Topic of what could not be processed.");

  public static final ConfigOption<String> DEAD_LETTERS_PARKED_TOPIC =
      ConfigOptions.key("dead-letters.parked.topic")
          .stringType()
          .defaultValue("dead-letters.parked")
          .withDescription("Topic of dead letters that are tried no more, until someone asks.");

  public static final ConfigOption<List<String>> DEAD_LETTERS_RETRY_DELAYS =
      ConfigOptions.key("dead-letters.retry-delays")
          .stringType()
          .asList()
          .defaultValues("1 min", "10 min", "1 h")
          .withDescription(
              "How long a dead letter waits before it is tried again, the first time, the second"
                  + " time and so on; after the last it is parked. With none, all are parked at"
                  + " once.");

  public static final ConfigOption<List<String>> DEAD_LETTERS_RETRY_CLASSES =
      ConfigOptions.key("dead-letters.retry-classes")
          .stringType()
          .asList()
          .defaultValues("RULE_ERROR", "REJECTED_BY_ELASTICSEARCH", "EVENT_NOT_INDEXED")
          .withDescription(
              "Classes of dead letters that are tried again by themselves, because what cures them"
                  + " may come from outside; others are parked at once. LATE and UNREADABLE_FILE never are.");

  public static final ConfigOption<Integer> DEAD_LETTERS_MAX_WAITING =
      ConfigOptions.key("dead-letters.max-waiting")
          .intType()
          .defaultValue(50_000)
          .withDescription(
              "How many dead letters may wait in one subtask; more are parked at once, so that a"
                  + " rule that fails on every event does not fill the state.");

  public static final ConfigOption<String> RULE_STATUS_TOPIC =
      ConfigOptions.key("rule-status.topic")
          .stringType()
          .defaultValue("rule-status")
          .withDescription("Compacted topic of what became of each rule.");

  public static final ConfigOption<String> ENGINE_STATUS_TOPIC =
      ConfigOptions.key("engine-status.topic")
          .stringType()
          .defaultValue("engine-status")
          .withDescription(
              "Compacted topic of which rules are in force in each engine, and on how many"
                  + " subtasks.");

  public static final ConfigOption<Duration> STATISTICS_PERIOD =
      ConfigOptions.key("statistics.period")
          .durationType()
          .defaultValue(Duration.ofHours(1))
          .withDescription(
              "Statistics of customers are counted by periods of event time of this length. Engines"
                  + " that are compared must have the same.");

  public static final ConfigOption<Duration> STATISTICS_KEPT =
      ConfigOptions.key("statistics.kept")
          .durationType()
          .defaultValue(Duration.ofDays(2))
          .withDescription(
              "How long, in event time, the statistics of a period are kept after it: at most 1000"
                  + " periods.");

  public static final ConfigOption<Integer> STATISTICS_MAX_RULES =
      ConfigOptions.key("statistics.max-rules")
          .intType()
          .defaultValue(200)
          .withDescription(
              "How many rules have counts of their own in the statistics of a customer and period,"
                  + " at most 500; those beyond are counted together.");

  public static final ConfigOption<Integer> STATISTICS_MAX_CUSTOMERS =
      ConfigOptions.key("statistics.max-customers")
          .intType()
          .defaultValue(10_000)
          .withDescription(
              "Of how many customers a subtask keeps statistics; events of more are only counted"
                  + " (statisticsOmitted).");

  public static final ConfigOption<String> PARITY_FIRST =
      ConfigOptions.key("parity.first")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Name of the engine that another one is compared with, mostly the older version. Both"
                  + " engines and the parity job must have these names: the engines write into each"
                  + " alert where its flags send it in either of them, and what flags lose between"
                  + " the two is rescued by that.");

  public static final ConfigOption<String> PARITY_SECOND =
      ConfigOptions.key("parity.second")
          .stringType()
          .noDefaultValue()
          .withDescription("Name of the engine that is compared with it.");

  public static final ConfigOption<String> PARITY_CONTROL =
      ConfigOptions.key("parity.control")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Name of a third engine of the version of the first one: in what these two differ is"
                  + " noise, and not the second engine's doing.");

  public static final ConfigOption<String> PARITY_TOPIC =
      ConfigOptions.key("parity.topic")
          .stringType()
          .defaultValue("parity")
          .withDescription("Topic of verdicts and summaries of the comparison of two engines.");

  public static final ConfigOption<Duration> PARITY_WINDOW =
      ConfigOptions.key("parity.window")
          .durationType()
          .defaultValue(Duration.ofMinutes(5))
          .withDescription(
              "How long, in event time, an alert waits for the other engine's copy; what only one"
                  + " engine has then waits as long again for what may explain it.");

  public static final ConfigOption<Duration> PARITY_MAX_WAIT =
      ConfigOptions.key("parity.max-wait")
          .durationType()
          .defaultValue(Duration.ofMinutes(10))
          .withDescription(
              "The same by the clock, for when no alerts come and event time stands still.");

  public static final ConfigOption<Duration> PARITY_KEEP =
      ConfigOptions.key("parity.keep")
          .durationType()
          .defaultValue(Duration.ofHours(1))
          .withDescription(
              "How long an alert is remembered after its verdict: so late may a copy come, and"
                  + " still be compared, rescued or told as a duplicate.");

  public static final ConfigOption<Duration> PARITY_IDLENESS =
      ConfigOptions.key("parity.idleness")
          .durationType()
          .defaultValue(Duration.ofMinutes(1))
          .withDescription(
              "After how long without alerts of an engine event time goes on without it. Longer"
                  + " than a checkpoint of the engines takes.");

  public static final ConfigOption<Duration> PARITY_SUMMARY_INTERVAL =
      ConfigOptions.key("parity.summary-interval")
          .durationType()
          .defaultValue(Duration.ofSeconds(30))
          .withDescription(
              "How often the summary of a customer's hour is written while it changes.");

  public static final ConfigOption<Boolean> PARITY_WRITE_MATCHED =
      ConfigOptions.key("parity.write-matched")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether alerts on which the engines agree are written one by one, and not only"
                  + " counted.");

  public static final ConfigOption<String> PARITY_EXPECTED =
      ConfigOptions.key("parity.expected")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "YAML file of the differences that are expected, each with owner, reason and last"
                  + " day.");

  public static final ConfigOption<Delivery> DELIVERY_KAFKA =
      ConfigOptions.key("delivery.kafka")
          .enumType(Delivery.class)
          .defaultValue(Delivery.EXACTLY_ONCE)
          .withDescription(
              "Guarantee of alerts and dead letters in Kafka: exactly-once (visible when a"
                  + " checkpoint commits) or at-least-once (visible at once, repeated after a"
                  + " failure).");

  public static final ConfigOption<Duration> DELIVERY_TRANSACTION_TIMEOUT =
      ConfigOptions.key("delivery.transaction-timeout")
          .durationType()
          .defaultValue(Duration.ofMinutes(15))
          .withDescription(
              "At most the brokers' transaction.max.timeout.ms, and longer than any restart may"
                  + " take: what a restart finds expired is lost.");

  public static final ConfigOption<ElasticsearchMode> ELASTICSEARCH_MODE =
      ConfigOptions.key("elasticsearch.mode")
          .enumType(ElasticsearchMode.class)
          .defaultValue(ElasticsearchMode.INDEX_JOB)
          .withDescription(
              "How alerts reach Elasticsearch: index-job (from the committed alerts in Kafka),"
                  + " direct (by the detection job: sooner, but an outage of Elasticsearch stops"
                  + " detection) or off.");

  public static final ConfigOption<List<String>> ELASTICSEARCH_HOSTS =
      ConfigOptions.key("elasticsearch.hosts")
          .stringType()
          .asList()
          .defaultValues("http://127.0.0.1:9200")
          .withDescription("Elasticsearch nodes, as http(s)://host:port.");

  public static final ConfigOption<String> ELASTICSEARCH_API_KEY =
      ConfigOptions.key("elasticsearch.api-key")
          .stringType()
          .noDefaultValue()
          .withDescription("Where the API key is, never the key itself: env:NAME or file:PATH.");

  public static final ConfigOption<String> ELASTICSEARCH_USERNAME =
      ConfigOptions.key("elasticsearch.username")
          .stringType()
          .noDefaultValue()
          .withDescription("User name for basic authentication; the password by reference.");

  public static final ConfigOption<String> ELASTICSEARCH_PASSWORD =
      ConfigOptions.key("elasticsearch.password")
          .stringType()
          .noDefaultValue()
          .withDescription(
              "Where the password is, never the password itself: env:NAME or file:PATH.");

  public static final ConfigOption<String> ELASTICSEARCH_CERTIFICATE_AUTHORITY =
      ConfigOptions.key("elasticsearch.certificate-authority")
          .stringType()
          .noDefaultValue()
          .withDescription("PEM file to trust instead of the JVM's authorities.");

  public static final ConfigOption<Integer> ELASTICSEARCH_BULK_ACTIONS =
      ConfigOptions.key("elasticsearch.bulk.actions")
          .intType()
          .defaultValue(1000)
          .withDescription("Most documents of one bulk request.");

  public static final ConfigOption<MemorySize> ELASTICSEARCH_BULK_SIZE =
      ConfigOptions.key("elasticsearch.bulk.size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(5))
          .withDescription("Largest bulk request.");

  public static final ConfigOption<Duration> ELASTICSEARCH_BULK_INTERVAL =
      ConfigOptions.key("elasticsearch.bulk.interval")
          .durationType()
          .defaultValue(Duration.ofSeconds(1))
          .withDescription("Longest wait before a bulk request that is not full is sent.");

  public static final ConfigOption<List<String>> EVENT_INDEX_CUSTOMERS =
      ConfigOptions.key("event-index.customers")
          .stringType()
          .asList()
          .defaultValues()
          .withDescription(
              "Customers whose events the index job writes to Elasticsearch, one index for each"
                  + " customer and day, or '*' (in quotes) for all. Without any, events are not"
                  + " indexed.");

  public static final ConfigOption<String> EVENT_INDEX_FROM =
      ConfigOptions.key("event-index.from")
          .stringType()
          .defaultValue("committed")
          .withDescription(
              "Where an index job that has not indexed events before begins to read them, as"
                  + " events.from has it: committed (where its own consumer group was, else the"
                  + " earliest), earliest, latest, or a time.");

  public static final ConfigOption<Duration> EVENT_INDEX_MAX_DISTANCE =
      ConfigOptions.key("event-index.max-distance")
          .durationType()
          .defaultValue(Duration.ofDays(7))
          .withDescription(
              "An event whose time is further than this from when its record was written is in the"
                  + " index of that day, with the time that it states: one clock that is wrong makes"
                  + " no index for each day of a year.");

  public static final ConfigOption<Integer> EVENT_INDEX_BULK_ACTIONS =
      ConfigOptions.key("event-index.bulk.actions")
          .intType()
          .defaultValue(5000)
          .withDescription("Most events of one bulk request.");

  public static final ConfigOption<MemorySize> EVENT_INDEX_BULK_SIZE =
      ConfigOptions.key("event-index.bulk.size")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(8))
          .withDescription("Largest bulk request of events, before it is compressed.");

  public static final ConfigOption<Duration> EVENT_INDEX_BULK_INTERVAL =
      ConfigOptions.key("event-index.bulk.interval")
          .durationType()
          .defaultValue(Duration.ofSeconds(5))
          .withDescription(
              "Longest wait before a bulk request of events that is not full is sent.");

  public static final ConfigOption<Integer> EVENT_INDEX_BULK_IN_FLIGHT =
      ConfigOptions.key("event-index.bulk.in-flight")
          .intType()
          .defaultValue(2)
          .withDescription(
              "How many bulk requests of events a subtask has on their way while it fills the next"
                  + " one; then it waits, and no more events are read. Each takes"
                  + " event-index.bulk.size of memory.");

  public static final ConfigOption<Boolean> EVENT_INDEX_BULK_COMPRESSION =
      ConfigOptions.key("event-index.bulk.compression")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether bulk requests of events are sent as gzip: true or false. It costs time of"
                  + " processors and saves most of the network.");

  /** All of them, in the order in which people should read them. */
  public static final List<ConfigOption<?>> ALL =
      List.of(
          ENGINE_NAME,
          KAFKA_BOOTSTRAP_SERVERS,
          KAFKA_PROPERTIES,
          EVENTS_TOPIC,
          EVENTS_FROM,
          EVENTS_CUSTOMER,
          EVENTS_ID,
          EVENTS_TIME,
          EVENTS_MAX_SIZE,
          EVENTS_MAX_OUT_OF_ORDERNESS,
          EVENTS_ALLOWED_LATENESS,
          EVENTS_KEEP_LATE,
          EVENTS_MAX_AHEAD,
          EVENTS_IDLENESS,
          EVENTS_STRIPES,
          FILES_SOURCES,
          FILES_PART_SIZE,
          FILES_MAX_IN_FLIGHT,
          FILES_DISCOVERY_INTERVAL,
          FILES_QUIET_TIME,
          FILES_REMEMBER,
          FILES_MAX_REMEMBERED,
          FILES_RETRY_DELAYS,
          FILES_MAX_OUT_OF_ORDERNESS,
          RULES_SOURCE,
          RULES_DIRECTORY,
          RULES_TOPIC,
          RULES_URL,
          RULES_TOKEN_FILE,
          RULES_POLL_INTERVAL,
          RULES_MAX_REMOVED_SHARE,
          RULES_MATCHES_PER_MINUTE,
          RULES_MAX_KEPT_PER_GROUP,
          RULES_MAX_TIME_SHARE,
          RULES_MAX_FAULTS_PER_MINUTE,
          RULES_MAPPING,
          FLAGS_SOURCE,
          FLAGS_FILE,
          FLAGS_SDK_KEY,
          FLAGS_RELAY_URI,
          FLAGS_STREAMING_URI,
          FLAGS_POLLING_URI,
          FLAGS_INGRESS_KEY,
          FLAGS_EGRESS_KEY,
          FLAGS_ON_MISSING,
          CUSTOMERS_FILE,
          ALERTS_LIVE_TOPIC,
          ALERTS_SHADOW_TOPIC,
          ALERTS_MAX_EVENT_SIZE,
          DEAD_LETTERS_TOPIC,
          DEAD_LETTERS_PARKED_TOPIC,
          DEAD_LETTERS_RETRY_DELAYS,
          DEAD_LETTERS_RETRY_CLASSES,
          DEAD_LETTERS_MAX_WAITING,
          RULE_STATUS_TOPIC,
          ENGINE_STATUS_TOPIC,
          STATISTICS_PERIOD,
          STATISTICS_KEPT,
          STATISTICS_MAX_RULES,
          STATISTICS_MAX_CUSTOMERS,
          PARITY_FIRST,
          PARITY_SECOND,
          PARITY_CONTROL,
          PARITY_TOPIC,
          PARITY_WINDOW,
          PARITY_MAX_WAIT,
          PARITY_KEEP,
          PARITY_IDLENESS,
          PARITY_SUMMARY_INTERVAL,
          PARITY_WRITE_MATCHED,
          PARITY_EXPECTED,
          DELIVERY_KAFKA,
          DELIVERY_TRANSACTION_TIMEOUT,
          ELASTICSEARCH_MODE,
          ELASTICSEARCH_HOSTS,
          ELASTICSEARCH_API_KEY,
          ELASTICSEARCH_USERNAME,
          ELASTICSEARCH_PASSWORD,
          ELASTICSEARCH_CERTIFICATE_AUTHORITY,
          ELASTICSEARCH_BULK_ACTIONS,
          ELASTICSEARCH_BULK_SIZE,
          ELASTICSEARCH_BULK_INTERVAL,
          EVENT_INDEX_CUSTOMERS,
          EVENT_INDEX_FROM,
          EVENT_INDEX_MAX_DISTANCE,
          EVENT_INDEX_BULK_ACTIONS,
          EVENT_INDEX_BULK_SIZE,
          EVENT_INDEX_BULK_INTERVAL,
          EVENT_INDEX_BULK_IN_FLIGHT,
          EVENT_INDEX_BULK_COMPRESSION);

  /** Those of {@link #ALL} that are maps: every key below theirs belongs to them. */
  static final List<ConfigOption<Map<String, String>>> MAPS =
      List.of(KAFKA_PROPERTIES, EVENTS_STRIPES, FILES_SOURCES);

  private LockstepOptions() {}

  /** Option values are written like {@code at-least-once}; Flink compares with toString. */
  private static String optionValue(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Where rules come from. */
  public enum RulesSource {
    /** A watched directory of files and bundles. */
    DIRECTORY,
    /** Bundles of a compacted topic. */
    KAFKA,
    /** A bundle of a web server. */
    HTTP;

    @Override
    public String toString() {
      return optionValue(this);
    }
  }

  /** Where flags come from. */
  public enum FlagsSource {
    /** A file in LaunchDarkly's format, watched by the LaunchDarkly SDK. */
    FILE,
    /** LaunchDarkly's stream. */
    LAUNCHDARKLY,
    /** LaunchDarkly, asked again and again. */
    LAUNCHDARKLY_POLLING,
    /** Nowhere: {@code flags.on-missing} decides everything. */
    NONE;

    @Override
    public String toString() {
      return optionValue(this);
    }
  }

  /** What happens while there is no flag data. */
  public enum OnMissing {
    /** Events wait. */
    HOLD,
    /** Every event is judged, every alert goes live. */
    LIVE,
    /** Every event is judged, every alert goes to the shadow lane. */
    SHADOW,
    /** Every event is judged, alerts are only counted. */
    OFF;

    @Override
    public String toString() {
      return optionValue(this);
    }
  }

  /** Guarantee of what is written to Kafka. */
  public enum Delivery {
    /** By transactions that commit with checkpoints. */
    EXACTLY_ONCE,
    /** At once; after a failure some records come twice, with equal alert ids. */
    AT_LEAST_ONCE;

    @Override
    public String toString() {
      return optionValue(this);
    }
  }

  /** How alerts reach Elasticsearch. */
  public enum ElasticsearchMode {
    /** By the index job, from the committed alerts in Kafka. */
    INDEX_JOB,
    /** By the detection job itself: sooner, but an outage of Elasticsearch stops detection. */
    DIRECT,
    /** Not at all. */
    OFF;

    @Override
    public String toString() {
      return optionValue(this);
    }
  }
}
