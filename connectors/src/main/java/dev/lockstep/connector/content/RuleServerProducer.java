package dev.lockstep.connector.content;

import dev.lockstep.connector.latest.LatestValueProducer;
import dev.lockstep.connector.latest.RetryDelays;
import dev.lockstep.connector.latest.RetryingThread;
import dev.lockstep.connector.latest.SourceHealth;
import dev.lockstep.content.Delivery;
import dev.lockstep.content.DeliveryCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers the bundle of a web server whenever it changes. */
final class RuleServerProducer implements LatestValueProducer<byte[]> {

  private static final Logger LOG = LoggerFactory.getLogger(RuleServerProducer.class);

  private final RuleServerSettings settings;
  private final RuleServerClient client;
  private final DeliveryCodec codec = new DeliveryCodec();
  private final Counter bundlesRead;
  private final SourceHealth health;
  private final RetryingThread thread;

  private Consumer<byte[]> offer = delivery -> {};
  private @Nullable Delivery last;
  private byte @Nullable [] lastBody;

  RuleServerProducer(RuleServerSettings settings, RetryDelays delays, MetricGroup metrics) {
    this.settings = settings;
    this.client = new RuleServerClient(settings);
    this.bundlesRead = metrics.counter("bundlesRead", new ThreadSafeSimpleCounter());
    this.health = new SourceHealth(settings.place(), metrics);
    this.thread = new RetryingThread("lockstep-rules-server", delays, health, this::round);
  }

  @Override
  public void start(byte @Nullable [] restored, Consumer<byte[]> offer) {
    this.offer = offer;
    this.last = restored == null ? null : codec.decode(restored);
    thread.start();
  }

  private Duration round() throws IOException, InterruptedException {
    Optional<RuleServerClient.Answer> answer = client.ask();
    // A server that knows neither tags nor times sends the same bytes each time.
    if (answer.isPresent() && !Arrays.equals(answer.get().body(), lastBody)) {
      BundleArchive archive = BundleArchive.decode(answer.get().body(), new KnownDocuments(last));
      Delivery delivery = ArchiveUnion.of(List.of(archive), List.of(), answer.get().publishedAt());
      client.taken(answer.get());
      lastBody = answer.get().body();
      if (!delivery.bringsWhat(last)) {
        last = delivery;
        bundlesRead.inc();
        LOG.info("Read the rules at {}: {}", settings.place(), delivery.parts());
        offer.accept(codec.encode(delivery));
      }
    }
    health.good();
    return settings.pollInterval();
  }

  @Override
  public void close() {
    thread.close();
  }
}
