package dev.lockstep.job.config;

import dev.lockstep.job.config.TypedOptions.Entry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Secrets are given by where they are; a secret in place of its reference is refused without being
 * repeated.
 */
final class SecretOptions {

  private SecretOptions() {}

  /**
   * Returns the value of a Kafka client property. What Kafka calls a password may only refer to
   * Kafka's own config providers: the properties travel in the job graph.
   */
  static String kafkaProperty(Entry property) {
    boolean secret =
        isPassword(ProducerConfig.configDef(), property.name())
            || isPassword(ConsumerConfig.configDef(), property.name());
    if (secret && !property.value().contains("${")) {
      throw new IllegalArgumentException(
          "a secret must be given as a reference such as ${env:NAME}, with"
              + " kafka.properties.config.providers");
    }
    return property.value();
  }

  private static boolean isPassword(ConfigDef definition, String name) {
    ConfigDef.ConfigKey key = definition.configKeys().get(name);
    return key != null && key.type == ConfigDef.Type.PASSWORD;
  }
}
