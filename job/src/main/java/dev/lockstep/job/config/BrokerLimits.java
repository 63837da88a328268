package dev.lockstep.job.config;

import dev.lockstep.connector.kafka.KafkaSettings;
import dev.lockstep.connector.kafka.KafkaTransactions;
import java.time.Duration;
import java.util.List;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.util.TimeUtils;

/** What the brokers must allow, checked before a job starts, where people see the reason. */
public final class BrokerLimits {

  private BrokerLimits() {}

  /**
   * Checks that the brokers let a transaction stay open for as long as it may have to. Brokers that
   * do not answer are no reason not to start: the job waits for them.
   *
   * @throws InvalidConfigException if they do not
   */
  public static void check(KafkaSettings kafka) {
    if (kafka.guarantee() != DeliveryGuarantee.EXACTLY_ONCE) {
      return;
    }
    Duration wanted = kafka.transactionTimeout();
    KafkaTransactions.longest(kafka)
        .filter(longest -> longest.compareTo(wanted) < 0)
        .ifPresent(
            longest -> {
              throw new InvalidConfigException(List.of(problem(wanted, longest)));
            });
  }

  private static String problem(Duration wanted, Duration longest) {
    return LockstepOptions.DELIVERY_TRANSACTION_TIMEOUT.key()
        + ": must be at most the brokers' transaction.max.timeout.ms, "
        + TimeUtils.formatWithHighestUnit(longest)
        + ", was "
        + TimeUtils.formatWithHighestUnit(wanted);
  }
}
