package dev.lockstep.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerIT {

  private static final TopicPartition ALERTS = new TopicPartition("alerts", 0);

  private final Path directory;

  KafkaBrokerIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void keepsCommittedTransactionsOverAKillAndLeavesNoProcess() throws Exception {
    long first;
    long second;
    try (KafkaBroker broker = KafkaBroker.start(directory)) {
      first = broker.pid();
      createTopic(broker);
      write(broker, "committed", true);
      write(broker, "aborted", false);

      broker.kill();
      assertThat(ProcessHandle.of(first)).isEmpty();
      broker.restart();
      second = broker.pid();
      write(broker, "after the restart", true);

      assertThat(read(broker, 2)).containsExactly("committed", "after the restart");
    }
    assertThat(ProcessHandle.of(second)).isEmpty();
  }

  @Test
  void takesUpADirectoryThatABrokerWasStoppedIn() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start(directory)) {
      createTopic(broker);
      write(broker, "kept", true);
    }
    try (KafkaBroker broker = KafkaBroker.start(directory)) {
      assertThat(read(broker, 1)).containsExactly("kept");
    }
  }

  @Test
  void refusesAPortThatIsInUseBeforeAnythingIsWritten() throws Exception {
    try (ServerSocket taken =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> KafkaBroker.start(directory, Services.locate(), port))
          .hasMessageContaining("Port " + port + " for Kafka is in use");
    }
    assertThat(directory).isEmptyDirectory();
  }

  private static void createTopic(KafkaBroker broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NewTopic topic = new NewTopic(ALERTS.topic(), 1, (short) 1);
      admin.createTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
    }
  }

  private static void write(KafkaBroker broker, String value, boolean commit) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "test");
    StringSerializer strings = new StringSerializer();
    try (var producer = new KafkaProducer<>(settings, strings, strings)) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(ALERTS.topic(), value)).get(30, TimeUnit.SECONDS);
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.abortTransaction();
      }
    }
  }

  /** Reads what is committed; a broker that was just started knows it some moments later. */
  private static List<String> read(KafkaBroker broker, int atLeast) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
    StringDeserializer strings = new StringDeserializer();
    List<String> values = new ArrayList<>();
    try (var consumer = new KafkaConsumer<>(settings, strings, strings)) {
      consumer.assign(List.of(ALERTS));
      consumer.seekToBeginning(List.of(ALERTS));
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while ((values.size() < atLeast || !isAtTheEnd(consumer)) && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          values.add(record.value());
        }
      }
    }
    return values;
  }

  private static boolean isAtTheEnd(KafkaConsumer<?, ?> consumer) {
    long end = consumer.endOffsets(List.of(ALERTS)).getOrDefault(ALERTS, 0L);
    return consumer.position(ALERTS) >= end;
  }
}
