package dev.lockstep.job.control;

import dev.lockstep.content.Delivery;
import dev.lockstep.content.DeliveryCodec;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.job.state.ControlUpdate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks deliveries in a thread beside the task, one after the other. A task that is busy lets no
 * checkpoint barrier pass, and every task behind it stops until one does.
 */
final class RulesCheck implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RulesCheck.class);
  private static final Duration END_WITHIN = Duration.ofSeconds(10);

  private final DeliveryCheck deliveries;
  private final DeliveryCodec received = new DeliveryCodec();
  private final DeliveryCodec inForce = new DeliveryCodec();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread made = new Thread(work, "lockstep-rules-check");
            made.setDaemon(true);
            return made;
          });

  RulesCheck(DeliveryCheck deliveries) {
    this.deliveries = deliveries;
  }

  /** Checks the delivery of an update when those before it are checked; returns at once. */
  CompletableFuture<Checked> check(ControlUpdate update) {
    return CompletableFuture.supplyAsync(() -> checked(update.payload), thread);
  }

  private Checked checked(byte[] payload) {
    Delivery delivery = received.decode(payload);
    DeliveryCheck.Outcome outcome = deliveries.check(delivery);
    RuleBundle effective = outcome.review().effective();
    boolean all = effective.equals(delivery.bundle());
    byte[] encoded = all ? null : inForce.encode(Delivery.of(effective));
    return new Checked(delivery, payload, outcome, encoded);
  }

  /**
   * A delivery that was checked.
   *
   * @param payload the delivery, encoded
   * @param effective what would be in force, encoded; null if it is all that was delivered
   */
  @SuppressWarnings("ArrayRecordComponent") // Goes from one thread to the next.
  record Checked(
      Delivery delivery,
      byte[] payload,
      DeliveryCheck.Outcome outcome,
      byte @Nullable [] effective) {}

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Rules are still being checked after {}", END_WITHIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
