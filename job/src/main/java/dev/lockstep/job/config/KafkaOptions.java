package dev.lockstep.job.config;

import dev.lockstep.connector.kafka.KafkaSettings;
import dev.lockstep.job.config.LockstepOptions.Delivery;
import dev.lockstep.job.config.TypedOptions.Entry;
import java.util.Set;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** From options to the settings of the Kafka connector. */
final class KafkaOptions {

  /** Client properties that we set ourselves, and that break a promise when set otherwise. */
  private static final Set<String> OURS =
      Set.of(
          "acks",
          "bootstrap.servers",
          "enable.auto.commit",
          "enable.idempotence",
          "group.id",
          "isolation.level",
          "key.deserializer",
          "key.serializer",
          "transaction.timeout.ms",
          "transactional.id",
          "value.deserializer",
          "value.serializer");

  private KafkaOptions() {}

  static KafkaSettings settings(TypedOptions options, String engine) {
    return new KafkaSettings(
        options.get(LockstepOptions.KAFKA_BOOTSTRAP_SERVERS, OptionChecks::notBlank),
        options.map(LockstepOptions.KAFKA_PROPERTIES, KafkaOptions::clientProperty),
        engine,
        guarantee(options.get(LockstepOptions.DELIVERY_KAFKA)),
        options.get(
            LockstepOptions.DELIVERY_TRANSACTION_TIMEOUT, OptionChecks::transactionTimeout));
  }

  private static String clientProperty(Entry property) {
    if (OURS.contains(property.name())) {
      throw new IllegalArgumentException(
          "must not be set: the delivery guarantee rests on Lockstep's own value");
    }
    return SecretOptions.kafkaProperty(property);
  }

  private static DeliveryGuarantee guarantee(Delivery delivery) {
    return switch (delivery) {
      case EXACTLY_ONCE -> DeliveryGuarantee.EXACTLY_ONCE;
      case AT_LEAST_ONCE -> DeliveryGuarantee.AT_LEAST_ONCE;
    };
  }
}
