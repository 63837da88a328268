package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.job.config.LockstepConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * An order to an engine to take a rule back into force: a record of {@code rule-status} under the
 * rule's key, with the header {@code command}. It stands there until the engine answers.
 */
final class ReleaseOrder {
  static final String HEADER = "command";
  static final String RELEASE = "release";

  private static final JsonFactory JSON = new JsonFactory();

  private ReleaseOrder() {}

  /**
   * Returns when Kafka has acknowledged the order.
   *
   * @param patience how long it may take
   * @throws IOException if it did not
   */
  static void send(
      LockstepConfig config, String engine, String rule, Instant now, Duration patience)
      throws IOException {
    ProducerRecord<byte[], byte[]> order =
        new ProducerRecord<>(
            config.ruleStatusTopic(),
            (engine + "/" + rule).getBytes(UTF_8),
            json(engine, rule, now));
    order.headers().add(HEADER, RELEASE.getBytes(UTF_8));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            properties(config, patience), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(order).get();
    } catch (ExecutionException e) {
      throw new IOException("Kafka did not take the order: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while sending the order", e);
    }
  }

  private static Properties properties(LockstepConfig config, Duration patience) {
    String millis = Long.toString(patience.toMillis());
    Properties properties = new Properties();
    properties.put("bootstrap.servers", config.kafka().bootstrapServers());
    properties.put("acks", "all");
    properties.put("enable.idempotence", "true");
    properties.put("linger.ms", "0");
    properties.put("max.block.ms", millis);
    properties.put("request.timeout.ms", millis);
    properties.put("delivery.timeout.ms", millis);
    properties.putAll(config.kafka().clientProperties());
    return properties;
  }

  private static byte[] json(String engine, String rule, Instant now) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("engine", engine);
      json.writeStringField("rule_id", rule);
      json.writeStringField("status", RuleState.RELEASED);
      json.writeStringField("since", now.truncatedTo(ChronoUnit.MILLIS).toString());
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
