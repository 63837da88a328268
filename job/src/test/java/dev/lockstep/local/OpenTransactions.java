package dev.lockstep.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** What keeps readers of committed records from the newest ones: for the message of a test. */
final class OpenTransactions {

  private static final Duration OLD = Duration.ofSeconds(20);
  private static final Set<TransactionState> ENDED =
      EnumSet.of(
          TransactionState.EMPTY,
          TransactionState.COMPLETE_COMMIT,
          TransactionState.COMPLETE_ABORT);

  private OpenTransactions() {}

  /** Describes the partitions that end later than what is committed, and old open transactions. */
  static String describe(String bootstrapServers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      return "%nheld back: %s%nopen for over %s s: %s"
          .formatted(heldBack(admin), OLD.toSeconds(), open(admin));
    }
  }

  private static List<String> heldBack(Admin admin)
      throws ExecutionException, InterruptedException {
    Set<String> topics = admin.listTopics().names().get();
    Map<TopicPartition, Long> stable = Backlog.ends(admin, topics, IsolationLevel.READ_COMMITTED);
    Map<TopicPartition, Long> ends = Backlog.ends(admin, topics, IsolationLevel.READ_UNCOMMITTED);
    return ends.entrySet().stream()
        .filter(end -> stable.getOrDefault(end.getKey(), 0L) < end.getValue())
        .map(end -> end.getKey() + " " + stable.get(end.getKey()) + " of " + end.getValue())
        .sorted()
        .toList();
  }

  private static List<String> open(Admin admin) throws ExecutionException, InterruptedException {
    List<String> ids =
        admin.listTransactions().all().get().stream()
            .filter(each -> !ENDED.contains(each.state()))
            .map(TransactionListing::transactionalId)
            .toList();
    List<String> open = new ArrayList<>();
    for (Map.Entry<String, TransactionDescription> each :
        admin.describeTransactions(ids).all().get().entrySet()) {
      TransactionDescription transaction = each.getValue();
      Duration age =
          Duration.between(
              Instant.ofEpochMilli(transaction.transactionStartTimeMs().orElse(0)), Instant.now());
      if (age.compareTo(OLD) > 0) {
        open.add(
            "%s %s for %s s, producer %d epoch %d, in %s"
                .formatted(
                    each.getKey(),
                    transaction.state(),
                    age.toSeconds(),
                    transaction.producerId(),
                    transaction.producerEpoch(),
                    transaction.topicPartitions()));
      }
    }
    return open;
  }
}
