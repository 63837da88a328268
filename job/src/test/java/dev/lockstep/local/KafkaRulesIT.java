package dev.lockstep.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.lockstep.connector.content.BundleArchive;
import dev.lockstep.connector.content.BundlesByName;
import dev.lockstep.connector.kafka.KafkaRulesSource;
import dev.lockstep.connector.kafka.RulesPublisher;
import dev.lockstep.connector.latest.RunningReader;
import dev.lockstep.content.BundleManifest;
import dev.lockstep.content.Delivery;
import dev.lockstep.content.Delivery.Part;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.content.RuleDocument;
import dev.lockstep.job.config.ConfigReader;
import dev.lockstep.job.config.LockstepConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Rules by way of a topic of a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaRulesIT {

  private KafkaBroker broker;
  private LockstepConfig config;
  private int tests;

  @BeforeAll
  void startBroker(@TempDir Path directory) {
    broker = KafkaBroker.start(directory);
  }

  @AfterAll
  void stopBroker() {
    if (broker != null) {
      broker.close();
    }
  }

  @BeforeEach
  void createTopic() throws Exception {
    tests++;
    config =
        ConfigReader.read(
            null,
            Map.of("kafka.bootstrap-servers", broker.bootstrapServers(), "rules.topic", topic()));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NewTopic topic =
          new NewTopic(topic(), 3, (short) 1)
              .configs(Map.of("cleanup.policy", "compact", "max.message.bytes", "4000000"));
      admin.createTopics(List.of(topic)).all().get();
    }
  }

  @Test
  void takesTheUnionOfAllBundlesAndFollowsThem() throws Exception {
    publish(archive("a", "a.yml"));
    publish(archive("b", "b.yml"));
    Instant published = Instant.now();
    try (var reader = start()) {
      Delivery both = next(reader);
      assertThat(both.bundle()).isEqualTo(bundle("a.yml", "b.yml"));
      assertThat(both.parts()).extracting(Part::name).containsExactly("a", "b");
      assertThat(both.publishedAt())
          .isBetween(published.minusSeconds(60), published.plusSeconds(60));

      publish(archive("a", "c.yml"));
      assertThat(next(reader).bundle()).isEqualTo(bundle("b.yml", "c.yml"));

      write("b", null);
      assertThat(next(reader).bundle()).isEqualTo(bundle("c.yml"));
      assertThat(reader.metric("rulesReadable")).isEqualTo(1);
    }
  }

  @Test
  void tellsARecordThatIsNoBundleAndKeepsTheLastGoodOne() throws Exception {
    publish(archive("a", "a.yml"));
    try (var reader = start()) {
      next(reader);
      write("a", new byte[] {1, 2, 3});
      reader.awaitMetric("rulesRefused", 1);
      publish(archive("b", "b.yml"));
      assertThat(next(reader).bundle()).isEqualTo(bundle("a.yml", "b.yml"));
    }
  }

  @Test
  void offersNothingOfAnEmptyTopicAndTakesNothingAwayByIt() throws Exception {
    byte[] checkpoint;
    publish(archive("a", "a.yml"));
    try (var reader = start()) {
      next(reader);
      checkpoint = reader.checkpoint();
    }
    createTopic();
    try (var fresh = start();
        var restored = RunningReader.restore(source(), checkpoint)) {
      fresh.awaitMetric("rulesFailures", 1);
      restored.awaitMetric("rulesFailures", 1);
      assertThat(fresh.poll()).isNull();
      assertThat(next(restored).bundle()).isEqualTo(bundle("a.yml"));

      publish(archive("b", "b.yml"));
      assertThat(next(fresh).bundle()).isEqualTo(bundle("b.yml"));
      assertThat(next(restored).bundle()).isEqualTo(bundle("b.yml"));
    }
  }

  @Test
  void outlivesTheBroker() throws Exception {
    publish(archive("a", "a.yml"));
    try (var reader = start()) {
      next(reader);
      byte[] checkpoint = reader.checkpoint();
      broker.kill();
      reader.awaitMetric("rulesFailures", 1);
      assertThat(reader.metric("rulesReadable")).isZero();
      try (var restored = RunningReader.restore(source(), checkpoint)) {
        assertThat(next(restored).bundle()).isEqualTo(bundle("a.yml"));
        restored.awaitMetric("rulesFailures", 1);
      }
      broker.restart();
      publish(archive("a", "b.yml"));
      assertThat(next(reader).bundle()).isEqualTo(bundle("b.yml"));
      assertThat(reader.metric("rulesReadable")).isEqualTo(1);
      assertThat(reader.poll()).isNull();
    }
  }

  @Test
  void sendsWhatTheTopicTakesAndSaysWhatToDoAboutMore() throws Exception {
    try (var publisher = publisher()) {
      assertThat(publisher.publish("a", new byte[3_000_000]).topic()).isEqualTo(topic());
      assertThatIOException()
          .isThrownBy(() -> publisher.publish("a", new byte[5_000_000]))
          .withMessageContaining("does not take a record of 5000000 bytes: give it a larger max");
    }
  }

  private String topic() {
    return "rules" + tests;
  }

  private KafkaRulesSource source() {
    return new KafkaRulesSource(config.kafka(), topic(), BundlesByName::new);
  }

  private RunningReader<byte[]> start() {
    return RunningReader.start(source());
  }

  private static Delivery next(RunningReader<byte[]> reader) {
    return Delivery.decode(reader.next());
  }

  private RulesPublisher publisher() throws Exception {
    return RulesPublisher.open(config.kafka(), topic(), Duration.ofSeconds(20));
  }

  private void publish(BundleArchive archive) throws Exception {
    try (var publisher = publisher()) {
      publisher.publish(archive.manifest().pieceName(), archive.encode());
    }
  }

  private void write(String key, byte @Nullable [] value) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic(), key, value)).get();
    }
  }

  private static BundleArchive archive(String name, String... paths) {
    RuleBundle bundle = bundle(paths);
    return new BundleArchive(BundleManifest.of(name, bundle, null, null), bundle);
  }

  private static RuleBundle bundle(String... paths) {
    return new RuleBundle(
        Arrays.stream(paths)
            .map(
                path ->
                    new RuleDocument(
                        path,
                        """
                        title: Rule of %s
                        logsource: {product: test}
                        detection: {s: {a: b}, condition: s}
                        """
                            .formatted(path)))
            .toList());
  }
}
