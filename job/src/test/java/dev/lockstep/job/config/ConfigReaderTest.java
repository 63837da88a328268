package dev.lockstep.job.config;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.alert.Lane;
import dev.lockstep.connector.content.RuleServerSettings;
import dev.lockstep.connector.elasticsearch.Authorization;
import dev.lockstep.connector.elasticsearch.ElasticsearchSettings.Bulk;
import dev.lockstep.connector.kafka.StartingPoint;
import dev.lockstep.connector.launchdarkly.FlagDataMode;
import dev.lockstep.connector.launchdarkly.LaunchDarklySettings;
import dev.lockstep.connector.launchdarkly.LaunchDarklySettings.Endpoints;
import dev.lockstep.connector.secret.SecretReference;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.flag.Disposition;
import dev.lockstep.job.config.LockstepOptions.ElasticsearchMode;
import dev.lockstep.job.config.LockstepOptions.RulesSource;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.parity.ComparedEngines;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigReaderTest {

  /** A value of each option that is not its default. */
  private static final Map<String, String> OTHER_VALUES =
      Map.ofEntries(
          entry("engine.name", "green"),
          entry("kafka.bootstrap-servers", "kafka-1:9092,kafka-2:9092"),
          entry("kafka.properties.client.rack", "a"),
          entry("events.topic", "telemetry"),
          entry("events.from", "2026-01-31T12:00:00Z"),
          entry("events.customer", "header:tenant"),
          entry("events.id", "header:id,field:uuid"),
          entry("events.time", "field:ts"),
          entry("events.max-size", "2 mb"),
          entry("events.max-out-of-orderness", "1 min"),
          entry("events.max-ahead", "1 h"),
          entry("events.allowed-lateness", "2 min"),
          entry("events.keep-late", "false"),
          entry("events.idleness", "10 s"),
          entry("events.stripes.acme", "4"),
          entry("files.sources.logs.path", "s3://logs/{customer}/*"),
          entry("files.part-size", "1 mb"),
          entry("files.max-in-flight", "2 mb"),
          entry("files.discovery-interval", "1 s"),
          entry("files.quiet-time", "0 s"),
          entry("files.remember", "1 d"),
          entry("files.max-remembered", "1000"),
          entry("files.retry-delays", "1 s"),
          entry("files.max-out-of-orderness", "1 min"),
          entry("rules.source", "kafka"),
          entry("rules.directory", "/srv/rules"),
          entry("rules.topic", "bundles"),
          entry("rules.url", "https://rules.internal/rules.tar.gz"),
          entry("rules.token-file", "/run/secrets/rules-token"),
          entry("rules.poll-interval", "1 s"),
          entry("rules.mapping", "windows-evtx,linux-auditd"),
          entry("flags.source", "launchdarkly"),
          entry("flags.file", "/srv/flags.json"),
          entry("flags.sdk-key", "file:/run/secrets/sdk-key"),
          entry("flags.relay-uri", "https://relay.internal"),
          entry("flags.streaming-uri", "https://stream.eu.example"),
          entry("flags.polling-uri", "https://sdk.eu.example"),
          entry("flags.ingress-key", "in"),
          entry("flags.egress-key", "out"),
          entry("flags.on-missing", "shadow"),
          entry("customers.file", "/srv/customers.yml"),
          entry("alerts.live.topic", "live"),
          entry("alerts.shadow.topic", "shadow"),
          entry("alerts.max-event-size", "512 kb"),
          entry("dead-letters.topic", "dead"),
          entry("dead-letters.parked.topic", "dead.parked"),
          entry("dead-letters.retry-delays", "5 s, 1 min"),
          entry("dead-letters.retry-classes", "NO_CUSTOMER"),
          entry("dead-letters.max-waiting", "7"),
          entry("rule-status.topic", "statuses"),
          entry("engine-status.topic", "engines"),
          entry("statistics.period", "15 min"),
          entry("statistics.kept", "1 d"),
          entry("statistics.max-rules", "7"),
          entry("statistics.max-customers", "7"),
          entry("parity.first", "old"),
          entry("parity.second", "new"),
          entry("parity.control", "old-control"),
          entry("parity.topic", "verdicts"),
          entry("parity.window", "1 min"),
          entry("parity.max-wait", "2 min"),
          entry("parity.keep", "3 min"),
          entry("parity.idleness", "4 s"),
          entry("parity.summary-interval", "5 s"),
          entry("parity.write-matched", "true"),
          entry("parity.expected", "/srv/expected.yml"),
          entry("rules.max-removed-share", "0.5"),
          entry("rules.matches-per-minute", "5"),
          entry("rules.max-kept-per-group", "7"),
          entry("rules.max-time-share", "0.9"),
          entry("rules.max-faults-per-minute", "9"),
          entry("delivery.kafka", "at-least-once"),
          entry("delivery.transaction-timeout", "5 min"),
          entry("elasticsearch.mode", "direct"),
          entry("elasticsearch.hosts", "https://es-1:9200;https://es-2:9200"),
          entry("elasticsearch.api-key", "env:ES_KEY"),
          entry("elasticsearch.username", "lockstep"),
          entry("elasticsearch.password", "env:ES_PASSWORD"),
          entry("elasticsearch.certificate-authority", "/etc/ca.pem"),
          entry("elasticsearch.bulk.actions", "50"),
          entry("elasticsearch.bulk.size", "1 mb"),
          entry("elasticsearch.bulk.interval", "2 s"),
          entry("event-index.customers", "acme, globex"),
          entry("event-index.from", "earliest"),
          entry("event-index.max-distance", "1 d"),
          entry("event-index.bulk.actions", "60"),
          entry("event-index.bulk.size", "2 mb"),
          entry("event-index.bulk.interval", "3 s"),
          entry("event-index.bulk.in-flight", "4"),
          entry("event-index.bulk.compression", "false"));

  /** What must be set for an option to count at all. */
  private static final Map<String, Map<String, String>> CONTEXTS =
      Map.ofEntries(
          entry("flags.sdk-key", Map.of("flags.source", "launchdarkly")),
          entry("flags.relay-uri", Map.of("flags.source", "launchdarkly")),
          entry("flags.streaming-uri", Map.of("flags.source", "launchdarkly")),
          entry("flags.polling-uri", Map.of("flags.source", "launchdarkly")),
          entry("rules.token-file", Map.of("rules.url", "https://rules.internal")),
          entry("rules.poll-interval", Map.of("rules.url", "https://rules.internal")),
          entry("parity.first", Map.of("parity.second", "new")),
          entry("parity.second", Map.of("parity.first", "old")),
          entry("parity.control", Map.of("parity.first", "old", "parity.second", "new")),
          entry("elasticsearch.username", Map.of("elasticsearch.password", "env:P")),
          entry(
              "elasticsearch.password",
              Map.of("elasticsearch.username", "u", "elasticsearch.password", "env:P")));

  private Path folder;

  @BeforeEach
  void useFolder(@TempDir Path temporary) {
    folder = temporary;
  }

  @Test
  void withoutOptionsEverythingHasItsDefault() {
    LockstepConfig config = read();

    assertThat(config.engine()).isEqualTo("blue");
    assertThat(config.kafka().bootstrapServers()).isEqualTo("127.0.0.1:9092");
    assertThat(config.kafka().engine()).isEqualTo("blue");
    assertThat(config.kafka().guarantee()).isEqualTo(DeliveryGuarantee.EXACTLY_ONCE);
    assertThat(config.kafka().transactionTimeout()).isEqualTo(Duration.ofMinutes(15));
    assertThat(config.events().topic()).isEqualTo("events");
    assertThat(config.events().layout().customer()).hasToString("[field:customer, key]");
    assertThat(config.events().layout().maxBytes()).isEqualTo(1 << 20);
    assertThat(config.events().stripes()).isEmpty();
    assertThat(config.flags().onMissing()).isNull();
    assertThat(config.alerts().topic(Lane.LIVE)).isEqualTo("alerts.live");
    assertThat(config.alerts().topic(Lane.SHADOW)).isEqualTo("alerts.shadow");
    assertThat(config.elasticsearchMode()).isEqualTo(ElasticsearchMode.INDEX_JOB);
    assertThat(config.elasticsearch().authorization()).isEqualTo(new Authorization.None());
  }

  @Test
  void eventsAreIndexedByTheIndexJobOfCustomersByNameOrOfAll() {
    assertThat(read().eventIndex().isOn()).isFalse();
    assertThat(ConfigReader.read(null, Map.of("event-index.customers", "*")).eventIndex())
        .matches(LockstepConfig.EventIndex::isOn);
    assertThatThrownBy(
            () ->
                ConfigReader.read(
                    null, Map.of("event-index.customers", "acme", "elasticsearch.mode", "direct")))
        .hasMessageContaining(
            "event-index.customers: needs elasticsearch.mode: index-job, whose job writes the"
                + " events, was 'direct'");
    assertThatThrownBy(() -> ConfigReader.read(null, Map.of("event-index.customers", "acme, *")))
        .hasMessageContaining(
            "event-index.customers: must be '*' alone or customers by name, was [acme, *]");
    assertThatThrownBy(
            () -> ConfigReader.read(null, Map.of("event-index.customers", "a".repeat(129))))
        .hasMessageContaining(
            "event-index.customers: must be customer ids of at most 128 characters, was 'aaa");
  }

  @Test
  void everyOptionChangesTheConfigThatIsRead() {
    for (ConfigOption<?> option : LockstepOptions.ALL) {
      String key =
          OTHER_VALUES.keySet().stream()
              .filter(each -> each.equals(option.key()) || each.startsWith(option.key() + "."))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no other value of " + option.key()));
      Map<String, String> context = CONTEXTS.getOrDefault(option.key(), Map.of());
      Map<String, String> changed = new HashMap<>(context);
      changed.put(key, OTHER_VALUES.getOrDefault(key, ""));
      LockstepConfig before = readContext(option.key(), context);

      assertThat(ConfigReader.read(null, changed)).as(option.key()).isNotEqualTo(before);
    }
  }

  /** What is refused by itself, as a user without password, is compared with the default. */
  private static LockstepConfig readContext(String key, Map<String, String> context) {
    return Set.of("elasticsearch.username", "parity.first", "parity.second").contains(key)
        ? read()
        : ConfigReader.read(null, context);
  }

  @Test
  void everyOptionLandsInItsPlace() {
    Map<String, String> options = new HashMap<>(OTHER_VALUES);
    options.remove("elasticsearch.username");
    options.remove("elasticsearch.password");
    options.put("elasticsearch.mode", "index-job");
    LockstepConfig config = ConfigReader.read(null, options);

    assertThat(config.engine()).isEqualTo("green");
    assertThat(config.kafka().bootstrapServers()).isEqualTo("kafka-1:9092,kafka-2:9092");
    assertThat(config.kafka().clientProperties()).isEqualTo(Map.of("client.rack", "a"));
    assertThat(config.kafka().engine()).isEqualTo("green");
    assertThat(config.kafka().guarantee()).isEqualTo(DeliveryGuarantee.AT_LEAST_ONCE);
    assertThat(config.kafka().transactionTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.events().topic()).isEqualTo("telemetry");
    assertThat(config.events().layout().customer()).hasToString("[header:tenant]");
    assertThat(config.events().layout().id()).hasToString("[header:id, field:uuid]");
    assertThat(config.events().layout().time()).hasToString("[field:ts]");
    assertThat(config.events().layout().maxBytes()).isEqualTo(2 << 20);
    assertThat(config.events().maxOutOfOrderness()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.events().maxAhead()).isEqualTo(Duration.ofHours(1));
    assertThat(config.events().idleness()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.events().stripes()).isEqualTo(Map.of("acme", 4));
    assertThat(config.rules())
        .isEqualTo(
            new LockstepConfig.Rules(
                RulesSource.KAFKA,
                "/srv/rules",
                "bundles",
                new RuleServerSettings(
                    URI.create("https://rules.internal/rules.tar.gz"),
                    "/run/secrets/rules-token",
                    Duration.ofSeconds(1)),
                0.5,
                new LockstepConfig.RuleLimits(5, 0.9, 9, 7)));
    assertThat(config.mapping())
        .extracting(MappingDocument::path)
        .containsExactly("windows-evtx", "linux-auditd");
    assertThat(source(config).mode()).isEqualTo(FlagDataMode.STREAMING);
    assertThat(source(config).sdkKey())
        .isEqualTo(SecretReference.parse("file:/run/secrets/sdk-key"));
    assertThat(source(config).endpoints().streaming()).hasHost("stream.eu.example");
    assertThat(config.flags().keys().ingress()).isEqualTo("in");
    assertThat(config.flags().keys().egress()).isEqualTo("out");
    assertThat(source(config).flagKeys()).isEqualTo(config.flags().keys());
    assertThat(config.flags().onMissing()).isEqualTo(Disposition.SHADOW);
    assertThat(config.flags().customerFile()).isEqualTo("/srv/customers.yml");
    assertThat(config.alerts()).isEqualTo(new LockstepConfig.Alerts("live", "shadow", 512 << 10));
    assertThat(config.deadLetters())
        .isEqualTo(
            new LockstepConfig.DeadLetters(
                "dead",
                "dead.parked",
                List.of(Duration.ofSeconds(5), Duration.ofMinutes(1)),
                Set.of(DeadLetterClass.NO_CUSTOMER),
                7));
    assertThat(config.events().lateness())
        .isEqualTo(new LockstepConfig.Lateness(Duration.ofMinutes(2), /* kept= */ false));
    assertThat(config.ruleStatusTopic()).isEqualTo("statuses");
    assertThat(config.parity())
        .isEqualTo(
            new LockstepConfig.Parity(
                new ComparedEngines("old", "new", "old-control"),
                "verdicts",
                new LockstepConfig.ParityTimes(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(3),
                    Duration.ofSeconds(4)),
                Duration.ofSeconds(5),
                /* writesMatched= */ true,
                "/srv/expected.yml"));
    assertThat(config.eventIndex())
        .isEqualTo(
            new LockstepConfig.EventIndex(
                Set.of("acme", "globex"),
                StartingPoint.parse("earliest"),
                Duration.ofDays(1),
                config.eventIndex().elasticsearch()));
    assertThat(config.eventIndex().elasticsearch().bulk())
        .isEqualTo(new Bulk(60, 2, Duration.ofSeconds(3), 4, /* compressed= */ false));
    assertThat(config.elasticsearch().hosts())
        .hasToString("[https://es-1:9200, https://es-2:9200]");
    assertThat(config.elasticsearch().authorization()).isInstanceOf(Authorization.ApiKey.class);
    assertThat(config.elasticsearch().certificateAuthority()).isEqualTo("/etc/ca.pem");
    assertThat(config.elasticsearch().bulk().maxActions()).isEqualTo(50);
    assertThat(config.elasticsearch().bulk().maxMegabytes()).isEqualTo(1);
    assertThat(config.elasticsearch().bulk().maxAge()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void mappingsAreReadAndCheckedAtTheStart() throws IOException {
    Path mapping = Files.writeString(folder.resolve("m.yml"), "fields: {a: b}\n");
    assertThat(read("rules.mapping", "stated," + mapping).mapping())
        .element(1)
        .isEqualTo(new MappingDocument(mapping.toString(), "fields: {a: b}\n"));

    Files.writeString(mapping, "fields: {a: }\nunmapped: no\n");
    assertThat(problems("rules.mapping", mapping.toString()))
        .containsExactly(
            "-Drules.mapping: rules.mapping: must be mappings without issues; %1$s:1:12: 'fields.a'"
                    .formatted(mapping)
                + " is empty; %s:2:11: 'no' is no choice of 'unmapped'; there is judge, skip"
                    .formatted(mapping));
  }

  @Test
  void twoEnginesAreComparedOrNone() {
    assertThat(read().parity().engines()).isNull();
    assertThat(problems("parity.first", "blue"))
        .containsExactly("parity.second: must be set together with parity.first, or neither");
    assertThat(problems("parity.first", "blue", "parity.second", "blue"))
        .containsExactly(
            "-Dparity.second: parity.second: engines must differ, were blue, blue, null");
  }

  @Test
  void theFlagFileIsReadOnlyWhenItIsTheSource() {
    assertThat(source(read("flags.file", "/f.json")).flagFiles()).containsExactly("/f.json");
    assertThat(read("flags.source", "none", "flags.on-missing", "live").flags().source()).isNull();
  }

  @Test
  void launchDarklyIsListenedToOrAskedAtTheAddressesGiven() {
    LaunchDarklySettings polling =
        source(
            read(
                "flags.source", "launchdarkly-polling",
                "flags.relay-uri", "http://relay:8030",
                "flags.streaming-uri", "https://stream.eu.example",
                "flags.polling-uri", "https://sdk.eu.example"));
    assertThat(polling.mode()).isEqualTo(FlagDataMode.POLLING);
    assertThat(polling.endpoints())
        .isEqualTo(
            new Endpoints(
                URI.create("https://stream.eu.example"), URI.create("https://sdk.eu.example")));

    LaunchDarklySettings relayed =
        source(read("flags.source", "launchdarkly", "flags.relay-uri", "http://relay:8030"));
    assertThat(relayed.mode()).isEqualTo(FlagDataMode.STREAMING);
    assertThat(relayed.endpoints()).isEqualTo(Endpoints.relay(URI.create("http://relay:8030")));
  }

  @Test
  void userAndPasswordMakeBasicAuthorization() {
    assertThat(
            read("elasticsearch.username", "u", "elasticsearch.password", "env:P")
                .elasticsearch()
                .authorization())
        .isInstanceOf(Authorization.Basic.class);
  }

  @Nested
  class Written {

    @Test
    void nestedAndDottedKeysAreTheSame() throws IOException {
      LockstepConfig dotted = readFile("events.topic: t", "events.stripes.acme: 4");
      LockstepConfig nested = readFile("events:", "  topic: t", "  stripes:", "    acme: 4");
      LockstepConfig mixed = readFile("events.stripes: {acme: 4}", "events: {topic: t}");

      assertThat(nested).isEqualTo(dotted).isNotEqualTo(read());
      assertThat(mixed).isEqualTo(dotted);
    }

    @Test
    void aListMayBeWrittenAsListOrAsOneValue() throws IOException {
      LockstepConfig block = readFile("events.customer:", "  - header:tenant", "  - key");
      LockstepConfig flow = readFile("events.customer: [header:tenant, key]");
      LockstepConfig commas = readFile("events.customer: header:tenant, key");
      LockstepConfig semicolons = readFile("events.customer: header:tenant;key");

      assertThat(block.events().layout().customer()).hasToString("[header:tenant, key]");
      assertThat(List.of(flow, commas, semicolons)).containsOnly(block);
    }

    @Test
    void anElementOfAListMayHoldASeparator() throws IOException {
      assertThat(readFile("events.id: ['field:a,b']").events().layout().id())
          .hasToString("[field:a,b]");
    }

    @Test
    void whatTheCommandLineSetsWins() throws IOException {
      Path file = file("engine.name: red", "events.topic: t");

      LockstepConfig config = ConfigReader.read(file, Map.of("engine.name", "green"));

      assertThat(config.engine()).isEqualTo("green");
      assertThat(config.events().topic()).isEqualTo("t");
    }

    @Test
    void aWrongValueOfTheFileDoesNotCountWhenTheCommandLineSetsAnother() throws IOException {
      assertThat(ConfigReader.read(file("engine.name: RED"), Map.of("engine.name", "green")))
          .isEqualTo(read("engine.name", "green"));
    }

    @Test
    void anUnknownKeyIsRefusedWithItsPlaceAndASuggestion() throws IOException {
      Path file = file("engine.name: red", "events:", "  topik: t");

      assertThat(problems(file))
          .containsExactly(
              file + ":3:10: there is no option events.topik; did you mean events.topic?");
    }

    @Test
    void aKeyLikeNoneIsRefusedWithoutASuggestion() throws IOException {
      Path file = file("something: else");

      assertThat(problems(file)).containsExactly(file + ":1:12: there is no option something");
    }

    @Test
    void anUnknownKeyWithoutValueIsRefused() throws IOException {
      Path file = file("enginename:");

      assertThat(problems(file)).singleElement().asString().contains("no option enginename");
    }

    @Test
    void aSectionWithoutOptionsIsEmpty() throws IOException {
      assertThat(readFile("events:", "#  topic: t", "engine.name:", "kafka.properties:"))
          .isEqualTo(read());
    }

    @Test
    void anEntryOfAMapWithoutValueIsUnset() throws IOException {
      assertThat(readFile("kafka.properties: {client.rack: }", "events.stripes.acme:"))
          .isEqualTo(read());
    }

    @Test
    void anEmptyFileSetsNothing() throws IOException {
      assertThat(readFile("# nothing")).isEqualTo(read());
    }

    @Test
    void aKeyThatIsSetTwiceIsRefusedHoweverItIsWritten() throws IOException {
      Path dotted = file("engine.name: red", "engine.name: red");
      assertThat(problems(dotted))
          .containsExactly(
              dotted + ":2:14: option engine.name is already set at " + dotted + ":1:14");

      Path nested = file("engine.name: red", "engine: {name: red}");
      assertThat(problems(nested))
          .containsExactly(
              nested + ":2:16: option engine.name is already set at " + nested + ":1:14");
    }

    @Test
    void aMissingFileIsNamed() {
      Path file = folder.resolve("none.yaml");

      assertThat(problems(file)).containsExactly(file + ": there is no such file");
    }

    @Test
    void aFileThatIsNoMapIsRefused() throws IOException {
      Path file = file("- engine.name");

      assertThat(problems(file)).containsExactly(file + ":1:1: the file must be a map of options");
    }

    @Test
    void aFileThatIsNoYamlIsRefusedWithThePlace() throws IOException {
      Path file = file("engine.name: red", "events: [a");

      assertThat(problems(file)).singleElement().asString().startsWith(file + ":3:1: ");
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws IOException {
      Path file = folder.resolve("lockstep.yaml");
      Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xff});

      assertThat(problems(file)).containsExactly(file + ": the file must be UTF-8 text");
    }

    @Test
    void aListWhereOneValueBelongsIsRefused() throws IOException {
      Path file = file("rules.directory: [/a, /b]");

      assertThat(problems(file))
          .containsExactly(file + ":1:18: rules.directory: must be one value, was a list");
    }

    @Test
    void aMapInsideAListIsRefused() throws IOException {
      assertThat(problems(file("elasticsearch.hosts: [{a: b}]")))
          .first()
          .asString()
          .endsWith(":1:23: an element of a list must be one value");
    }

    @Test
    void aValueWhereAMapBelongsIsRefused() throws IOException {
      Path file = file("events.stripes: acme=4");

      assertThat(problems(file))
          .containsExactly(file + ":1:17: events.stripes: must be a map of names to values");
    }

    @Test
    void aKeyThatIsNoWordIsRefused() throws IOException {
      Path file = file("? [engine, name]", ": red");

      assertThat(problems(file)).containsExactly(file + ":1:3: a key must be a word");
    }
  }

  @Nested
  class Values {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "engine.name                  | Blue        | must match [a-z][a-z0-9-]{0,38}, was"
              + " 'Blue'",
          "kafka.bootstrap-servers      | ''          | must not be empty",
          "events.topic                 | a b         | must be a Kafka topic",
          "events.customer              | tenant      | a place must be 'key', 'header:NAME' or",
          "events.customer              | ''          | must not be empty",
          "events.id                    | header:     | a place must be",
          "events.max-size              | big         | must be a size such as 5 mb, was 'big'",
          "events.max-size              | 0           | must be between 1 byte and 1 gb",
          "events.max-size              | 2 gb        | must be between 1 byte and 1 gb",
          "events.max-out-of-orderness  | -1 s        | must be a duration such as 30 s, was '-1"
              + " s'",
          "events.max-out-of-orderness  | 9999999 d   | must be between 0 ms and 365 d",
          "events.max-ahead             | soon        | must be a duration such as 30 s, was"
              + " 'soon'",
          "events.idleness              | 0 s         | must be between 1 ms and 365 d, was '0 ms'",
          "events.idleness              | -5 s        | must be a duration such as 30 s, was '-5"
              + " s'",
          "rules.directory              | ''          | must not be empty",
          "rules.source                 | git         | must be one of [directory, kafka, http],"
              + " was 'git'",
          "rules.topic                  | a/b         | must be a Kafka topic",
          "rules.url                    | rules       | must be an http or https URI",
          "rules.token-file             | ''          | must not be empty",
          "rules.poll-interval          | 0 s         | must be between 1 ms and 365 d, was '0 ms'",
          "rules.mapping                | windows     | must be a mapping file, or one that ships"
              + " (aws",
          "flags.source                 | somewhere   | must be one of [file, launchdarkly,"
              + " launchdarkly-polling, none]",
          "customers.file               | ''          | must not be empty",
          "flags.streaming-uri          | stream      | must be an http or https URI",
          "flags.polling-uri            | poll        | must be an http or https URI",
          "flags.file                   | ''          | must not be empty",
          "flags.relay-uri              | relay       | must be an http or https URI",
          "flags.ingress-key            | ''          | must not be empty",
          "flags.egress-key             | lockstep-ingress | must differ from flags.ingress-key",
          "flags.on-missing             | wait        | must be one of [hold, live, shadow, off]",
          "files.part-size              | 1 b         | must be at least 1 kb",
          "files.retry-delays           | soon        | must be durations such as 10 min, was"
              + " 'soon'",
          "files.sources.logs.path      | logs/*      | must be an absolute path with its scheme",
          "files.sources.logs.format    | xml         | 'xml' is no format of files",
          "files.sources.logs.paths     | s3://a/*    | must be files.sources.NAME. and one of"
              + " [path,",
          "files.sources.logs.customer  | acme        | a place must be 'key'",
          "alerts.live.topic            | ..          | must be a Kafka topic",
          "alerts.max-event-size        | 0 b         | must be between 1 byte and 1 gb",
          "dead-letters.topic           | ''          | must be a Kafka topic",
          "dead-letters.retry-delays    | 1 min, soon | must be durations such as 10 min, was"
              + " 'soon'",
          "dead-letters.retry-classes   | LATE        | must be among [MALFORMED, TOO_LARGE,"
              + " NO_CUSTOMER,",
          "dead-letters.max-waiting     | 0           | must be at least 1, was '0'",
          "events.allowed-lateness      | -1 s        | must be",
          "events.keep-late             | perhaps     | must be true or false, was 'perhaps'",
          "rule-status.topic            | a/b         | must be a Kafka topic",
          "engine-status.topic          | a/b         | must be a Kafka topic",
          "rules.matches-per-minute     | 0           | must be at least 1",
          "rules.max-removed-share      | 1.1         | must be between 0 and 1",
          "rules.max-removed-share      | -0.1        | must be between 0 and 1",
          "delivery.kafka               | none        | must be one of [exactly-once,"
              + " at-least-once]",
          "delivery.transaction-timeout | 0 s         | must be between 1000 ms and 24 d",
          "delivery.transaction-timeout | 25 d        | must be between 1000 ms and 24 d, was '25"
              + " d'",
          "elasticsearch.mode           | on          | must be one of [index-job, direct, off]",
          "elasticsearch.hosts          | es:9200     | must be an http or https URI",
          "elasticsearch.hosts          | ''          | hosts must name at least one node",
          "elasticsearch.certificate-authority | ''   | must not be empty",
          "elasticsearch.bulk.actions   | many        | must be a whole number, was 'many'",
          "elasticsearch.bulk.actions   | 0           | must be at least 1, was '0'",
          "elasticsearch.bulk.size      | 512 kb      | must be at least 1 mb",
          "elasticsearch.bulk.interval  | 10 micros       | must be between 1 ms and 365 d"
        })
    void whatMakesNoSenseIsRefusedByName(String key, String value, String message) {
      assertThat(problems(key, value))
          .singleElement()
          .asString()
          .startsWith("-D" + key + ": " + key + ": " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10000", "x", "1.5"})
    void stripesAreASmallNumber(String stripes) {
      assertThat(problems("events.stripes.acme", stripes))
          .containsExactly(
              "-Devents.stripes.acme: events.stripes.acme: must be 1 to 9999, was '"
                  + stripes
                  + "'");
    }

    @Test
    void withoutFlagsEventsWouldWaitForEver() {
      assertThat(problems("flags.source", "none"))
          .containsExactly(
              "flags.on-missing: must be live, shadow or off when flags.source is none: events"
                  + " would wait for ever");
    }

    @ParameterizedTest
    @CsvSource({
      "alerts.shadow.topic, alerts.live, alerts.live.topic",
      "alerts.live.topic,   events,      events.topic",
      "dead-letters.topic,  events,      events.topic",
      "dead-letters.parked.topic, dead-letters, dead-letters.topic",
      "rule-status.topic,   dead-letters, dead-letters.topic",
      "engine-status.topic, rule-status,  rule-status.topic",
      "rules.topic,         rule-status, rule-status.topic"
    })
    void twoKindsOfRecordsDoNotShareATopic(String key, String topic, String owner) {
      assertThat(problems(key, topic))
          .containsExactly(
              "-D%s: %s: must differ from %s, was '%s'".formatted(key, key, owner, topic));
    }

    @Test
    void rulesOfAServerNeedItsAddress() {
      assertThat(problems("rules.source", "http"))
          .containsExactly("rules.url: must be set when rules.source is http");
    }

    @Test
    void aTokenForRulesIsNotSentInTheClear() {
      Map<String, String> options =
          Map.of("rules.url", "http://rules.internal", "rules.token-file", "/run/token");

      assertThatThrownBy(() -> ConfigReader.read(null, options))
          .hasMessageContaining("rules.url: must be https, as a token is sent there");
      assertThat(
              ConfigReader.read(
                      null, Map.of("rules.url", "http://127.0.0.1:8", "rules.token-file", "/t"))
                  .rules()
                  .server())
          .isNotNull();
    }

    @Test
    void whatLockstepSetsItselfInKafkaClientsIsRefused() {
      assertThat(problems("kafka.properties.isolation.level", "read_uncommitted"))
          .singleElement()
          .asString()
          .contains("kafka.properties.isolation.level: must not be set");
    }

    @Test
    void allProblemsComeAtOnce() throws IOException {
      Path file =
          file(
              "engine.name: BLUE",
              "events: {idleness: 0 s, topik: t}",
              "events.customer: [nowhere, nobody]",
              "flags: {source: none, sdk-key: raw, egress-key: ''}",
              "elasticsearch.hosts: es",
              "elasticsearch.bulk: {actions: 0, interval: never}");

      assertThat(problems(file))
          .extracting(problem -> problem.replaceFirst(".*lockstep.yaml:", ""))
          .extracting(problem -> problem.replaceFirst("^([^ ]+ [^ ]+).*", "$1"))
          .containsExactlyInAnyOrder(
              "1:14: engine.name:",
              "2:20: events.idleness:",
              "2:32: there",
              "3:18: events.customer:",
              "3:18: events.customer:",
              "flags.on-missing: must",
              "4:32: flags.sdk-key:",
              "4:49: flags.egress-key:",
              "5:22: elasticsearch.hosts:",
              "6:31: elasticsearch.bulk.actions:",
              "6:44: elasticsearch.bulk.interval:");
    }

    @Test
    void theMessageListsEachProblemOnALineOfItsOwn() {
      assertThatThrownBy(() -> read("engine.name", "BLUE", "events.idleness", "0 s"))
          .isInstanceOf(InvalidConfigException.class)
          .message()
          .hasLineCount(3)
          .startsWith("2 problem(s)");
    }
  }

  @Nested
  class Secrets {

    private static final String RAW = "sdk-0123456789-raw";

    @ParameterizedTest
    @ValueSource(
        strings = {
          "flags.sdk-key",
          "elasticsearch.api-key",
          "elasticsearch.password",
          "kafka.properties.sasl.jaas.config",
          "kafka.properties.ssl.keystore.password",
          "kafka.properties.ssl.key.password"
        })
    void aSecretIsRefusedWithoutBeingRepeated(String key) {
      assertThat(problems(key, RAW))
          .isNotEmpty()
          .noneMatch(problem -> problem.contains(RAW))
          .anyMatch(problem -> problem.contains(key + ": a secret must be given as"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"http://user:sdk-0123456789-raw@es:9200", "http://u:sdk-0123456789-raw@e s"})
    void aPasswordInAnAddressIsRefusedWithoutBeingRepeated(String address) {
      for (String key : List.of("elasticsearch.hosts", "flags.relay-uri", "flags.streaming-uri")) {
        assertThat(problems(key, address))
            .singleElement()
            .asString()
            .doesNotContain(RAW)
            .contains(key + ": must be an http or https URI without a user");
      }
    }

    @Test
    void aKafkaSecretMayReferToAConfigProvider() {
      LockstepConfig config =
          read(
              "kafka.properties.config.providers", "env",
              "kafka.properties.ssl.key.password", "${env:KEY_PASSWORD}");

      assertThat(config.kafka().clientProperties())
          .containsEntry("ssl.key.password", "${env:KEY_PASSWORD}");
    }

    @Test
    void filesWithoutAPathAreRefused() {
      assertThat(problems("files.sources.logs.format", "ndjson"))
          .containsExactly(
              "files.sources: must say the path of logs, such as files.sources.logs.path:"
                  + " s3://logs/{customer}/");
    }

    @Test
    void aReferenceToNothingIsRefused() {
      assertThat(problems("flags.sdk-key", "env:")).hasSize(1);
      assertThat(problems("elasticsearch.api-key", "file: ")).hasSize(1);
    }

    @Test
    void twoWaysToAuthorizeAreRefused() {
      assertThat(
              problems(
                  "elasticsearch.api-key", "env:K",
                  "elasticsearch.username", "u",
                  "elasticsearch.password", "env:P"))
          .singleElement()
          .asString()
          .contains("elasticsearch.api-key: must not be set together with");
    }

    @ParameterizedTest
    @CsvSource({"elasticsearch.username, u", "elasticsearch.password, env:P"})
    void halfAnAuthorizationIsRefused(String key, String value) {
      assertThat(problems(key, value)).singleElement().asString().contains("must be set together");
    }
  }

  @Test
  void noOptionIsWithoutAnotherValueHere() {
    assertThat(new TreeSet<>(OTHER_VALUES.keySet())).hasSize(LockstepOptions.ALL.size());
  }

  private static LaunchDarklySettings source(LockstepConfig config) {
    return requireNonNull(config.flags().source());
  }

  private static LockstepConfig read(String... options) {
    return ConfigReader.read(null, map(options));
  }

  private LockstepConfig readFile(String... lines) throws IOException {
    return ConfigReader.read(file(lines), Map.of());
  }

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("lockstep.yaml"), List.of(lines));
  }

  private static List<String> problems(String... options) {
    return refused(() -> read(options));
  }

  private static List<String> problems(Path file) {
    return refused(() -> ConfigReader.read(file, Map.of()));
  }

  private static List<String> refused(ThrowingCallable read) {
    InvalidConfigException refusal = catchThrowableOfType(InvalidConfigException.class, read);
    assertThat(refusal).as("refusal").isNotNull();
    return refusal.problems();
  }

  private static Map<String, String> map(String... options) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      map.put(options[i], options[i + 1]);
    }
    return map;
  }
}
