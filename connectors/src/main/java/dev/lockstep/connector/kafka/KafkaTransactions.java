package dev.lockstep.connector.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the brokers allow transactions to be. */
public final class KafkaTransactions {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaTransactions.class);
  private static final String LONGEST = "transaction.max.timeout.ms";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private KafkaTransactions() {}

  /**
   * Asks how long a transaction may stay open, on the broker that allows least. Takes up to about
   * twenty seconds.
   *
   * @return empty if the brokers do not tell, because they are not there or we may not ask; that is
   *     logged
   */
  public static Optional<Duration> longest(KafkaSettings settings) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", settings.bootstrapServers());
    properties.put("client.id", "lockstep-" + settings.engine() + "-check");
    properties.put("default.api.timeout.ms", Long.toString(PATIENCE.toMillis() / 2));
    properties.put("request.timeout.ms", Long.toString(PATIENCE.toMillis() / 4));
    properties.putAll(settings.properties());
    try (Admin admin = Admin.create(properties)) {
      return Optional.of(longest(admin));
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      LOG.warn(
          "The brokers at {} do not tell {}: a transaction timeout that they do not allow will show"
              + " only when the job writes",
          settings.bootstrapServers(),
          LONGEST,
          e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking the brokers", e);
    }
  }

  private static Duration longest(Admin admin)
      throws ExecutionException, InterruptedException, TimeoutException {
    List<ConfigResource> brokers =
        admin.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).stream()
            .map(Node::idString)
            .map(id -> new ConfigResource(ConfigResource.Type.BROKER, id))
            .toList();
    long least = Long.MAX_VALUE;
    for (Config config :
        admin
            .describeConfigs(brokers)
            .all()
            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .values()) {
      least = Math.min(least, Long.parseLong(config.get(LONGEST).value()));
    }
    return Duration.ofMillis(least);
  }
}
