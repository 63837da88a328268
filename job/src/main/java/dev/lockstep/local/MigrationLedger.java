package dev.lockstep.local;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.parity.ParityJson;
import dev.lockstep.parity.ParityRecord;
import dev.lockstep.parity.Verdict;
import dev.lockstep.parity.VerdictRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What is live in the end, against what the events must have raised. An alert that both engines
 * sent while flags changed is one document of the index; it counts as doubled if parity did not
 * tell.
 */
final class MigrationLedger {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Map<String, Integer> live = new HashMap<>();
  private final Map<String, Set<String>> found = new HashMap<>();
  private final Map<String, Verdict> verdicts = new HashMap<>();

  private MigrationLedger() {}

  /** Reads the live lane and parity's verdicts to their present ends. */
  static MigrationLedger read(LockstepConfig config) {
    MigrationLedger ledger = new MigrationLedger();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", config.kafka().bootstrapServers(),
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = new ArrayList<>();
      for (String topic : List.of(config.alerts().liveTopic(), config.parity().topic())) {
        consumer
            .partitionsFor(topic)
            .forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          ledger.take(record, config);
        }
      }
    }
    return ledger;
  }

  private void take(ConsumerRecord<byte[], byte[]> record, LockstepConfig config) {
    if (record.topic().equals(config.parity().topic())) {
      ParityRecord parity = ParityJson.read(record.value());
      if (parity instanceof VerdictRecord verdict) {
        verdicts.put(verdict.alertId(), verdict.verdict());
      }
      return;
    }
    Alert alert = AlertJson.read(record.value());
    live.merge(alert.id(), 1, Integer::sum);
    found
        .computeIfAbsent(alert.events().get(0).id(), event -> new HashSet<>())
        .add(alert.rule().id());
  }

  /** How many alerts are live. */
  int alerts() {
    return live.size();
  }

  /**
   * The expected alerts that are not live, each as its event and its rule.
   *
   * @param expected by event id, the rule that must have found it
   */
  List<String> lost(Map<String, String> expected) {
    return expected.entrySet().stream()
        .filter(each -> !found.getOrDefault(each.getKey(), Set.of()).contains(each.getValue()))
        .map(each -> "event " + each.getKey() + ", rule " + each.getValue())
        .sorted()
        .toList();
  }

  /** How many alerts came live more than once, and parity did not tell. */
  long doubled() {
    return live.entrySet().stream()
        .filter(each -> each.getValue() > 1)
        .filter(each -> verdicts.get(each.getKey()) != Verdict.DUPLICATE_LIVE)
        .count();
  }

  /** How many alerts have that verdict in the end. */
  long with(Verdict verdict) {
    return verdicts.values().stream().filter(verdict::equals).count();
  }
}
