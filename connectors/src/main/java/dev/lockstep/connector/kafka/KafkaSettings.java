package dev.lockstep.connector.kafka;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;

/**
 * How to reach Kafka and what to promise there.
 *
 * @param bootstrapServers {@code host:port}, separated by commas
 * @param clientProperties further client properties, such as security; they win over our own
 * @param engine name of the engine; transactions and consumer group are named after it
 * @param guarantee of the alert and dead-letter topics: EXACTLY_ONCE or AT_LEAST_ONCE
 * @param transactionTimeout how long the broker keeps an open transaction; at most the broker's
 *     {@code transaction.max.timeout.ms}, and longer than any restart may take
 */
public record KafkaSettings(
    String bootstrapServers,
    Map<String, String> clientProperties,
    String engine,
    DeliveryGuarantee guarantee,
    Duration transactionTimeout)
    implements Serializable {

  public KafkaSettings {
    requireNonNull(bootstrapServers, "bootstrapServers is null");
    clientProperties = Map.copyOf(clientProperties);
    requireNonNull(engine, "engine is null");
    requireNonNull(transactionTimeout, "transactionTimeout is null");
    if (guarantee == DeliveryGuarantee.NONE) {
      throw new IllegalArgumentException("guarantee must not be NONE: alerts would be lost");
    }
  }

  Properties properties() {
    Properties properties = new Properties();
    properties.putAll(clientProperties);
    return properties;
  }
}
