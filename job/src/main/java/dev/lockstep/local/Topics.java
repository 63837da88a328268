package dev.lockstep.local;

import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.config.LockstepOptions.RulesSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics of an installation, as the demo and the tests create them. */
public final class Topics {

  private static final int PARTITIONS = 4;
  private static final int MAX_EVENT_BYTES = 4 * 1024 * 1024;
  private static final int MAX_BUNDLE_BYTES = 16 * 1024 * 1024;

  private Topics() {}

  /** Creates all topics that {@code config} names, on a broker of one node. */
  public static void create(LockstepConfig config) throws InterruptedException {
    List<NewTopic> topics = new ArrayList<>();
    topics.add(
        topic(
            config.events().topic(),
            PARTITIONS,
            Map.of("max.message.bytes", Integer.toString(MAX_EVENT_BYTES))));
    topics.addAll(besideEvents(config));
    create(config, topics);
  }

  /** Creates them where the topic of events is there already. */
  public static void createBesideEvents(LockstepConfig config) throws InterruptedException {
    create(config, besideEvents(config));
  }

  private static List<NewTopic> besideEvents(LockstepConfig config) {
    List<NewTopic> topics = new ArrayList<>();
    config.alerts().topics().forEach(alerts -> topics.add(topic(alerts, PARTITIONS, Map.of())));
    if (config.parity().engines() != null) {
      topics.add(topic(config.parity().topic(), PARTITIONS, Map.of()));
    }
    topics.add(topic(config.deadLetters().topic(), 1, Map.of()));
    topics.add(topic(config.deadLetters().parkedTopic(), 1, Map.of()));
    for (String compacted : List.of(config.ruleStatusTopic(), config.engineStatusTopic())) {
      topics.add(topic(compacted, 1, Map.of("cleanup.policy", "compact")));
    }
    if (config.rules().source() == RulesSource.KAFKA) {
      topics.add(
          topic(
              config.rules().topic(),
              1,
              Map.of(
                  "cleanup.policy",
                  "compact",
                  "max.message.bytes",
                  Integer.toString(MAX_BUNDLE_BYTES))));
    }
    return topics;
  }

  private static void create(LockstepConfig config, List<NewTopic> topics)
      throws InterruptedException {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", config.kafka().bootstrapServers()))) {
      admin.createTopics(topics).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka did not create the topics: " + e.getMessage(), e);
    }
  }

  private static NewTopic topic(String name, int partitions, Map<String, String> settings) {
    return new NewTopic(name, partitions, (short) 1).configs(settings);
  }
}
