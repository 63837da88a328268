package dev.lockstep.job.detect;

import dev.lockstep.content.DeliveryCodec;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.job.state.ControlUpdate;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles rules beside the tasks, in one thread for all subtasks of a task manager whose compilers
 * are equal, so that each bundle is compiled once there. Rules that came in layers are made flat
 * when no other bundle has come for a while, and come a second time then.
 *
 * <p>Each subtask has a forge of its own; what they share ends with the last of them.
 */
final class RuleForge implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RuleForge.class);
  private static final Duration END_WITHIN = Duration.ofSeconds(10);

  /** Guarded by itself. */
  private static final Map<RuleCompiler, Workshop> WORKSHOPS = new HashMap<>();

  private final RuleCompiler compiler;
  private final Workshop workshop;
  private final Consumer<Forged> taker;
  private volatile @Nullable Order order;

  private RuleForge(RuleCompiler compiler, Workshop workshop, Consumer<Forged> taker) {
    this.compiler = compiler;
    this.workshop = workshop;
    this.taker = taker;
  }

  /**
   * Begins the work for a subtask.
   *
   * @param flattenAfter how long no bundle has to come before rules are made flat; the wish of the
   *     first subtask counts for all
   * @param taker takes what was ordered last, each time that it is ready; called by the forge's
   *     thread or the one that orders, must not block
   */
  static RuleForge open(RuleCompiler compiler, Duration flattenAfter, Consumer<Forged> taker) {
    synchronized (WORKSHOPS) {
      Workshop workshop =
          WORKSHOPS.computeIfAbsent(compiler, key -> new Workshop(key.start(), flattenAfter));
      RuleForge forge = new RuleForge(compiler, workshop, taker);
      workshop.users.add(forge);
      return forge;
    }
  }

  /**
   * Orders the rules of an update, in place of those that were ordered before. Returns at once.
   *
   * @return the rules, which the taker gets, too; failed if they cannot be compiled
   */
  CompletableFuture<ActiveRules> order(ControlUpdate update) {
    Order placed = new Order(update);
    order = placed;
    CompletableFuture<ActiveRules> compiled = workshop.compiled(placed);
    return compiled.whenComplete((rules, failure) -> deliver(placed, rules, failure));
  }

  private void deliver(Order ready, @Nullable ActiveRules rules, @Nullable Throwable failure) {
    Order placed = order;
    if (placed != null && placed.isSameAs(ready)) {
      taker.accept(new Forged(placed.update.sequence, rules, failure));
    }
  }

  @Override
  public void close() {
    order = null;
    synchronized (WORKSHOPS) {
      workshop.users.remove(this);
      if (!workshop.users.isEmpty()) {
        return;
      }
      WORKSHOPS.remove(compiler, workshop);
    }
    workshop.end();
  }

  /**
   * What became of an order: rules, or why there are none.
   *
   * @param sequence of the update that was ordered
   */
  record Forged(long sequence, @Nullable ActiveRules rules, @Nullable Throwable failure) {}

  private record Order(ControlUpdate update) {

    /** Orders of several subtasks are for the same if they are for the same content. */
    boolean isSameAs(Order other) {
      return update.version.equals(other.update.version)
          && Arrays.equals(update.payload, other.update.payload);
    }
  }

  /** What the subtasks of one task manager share. */
  private static final class Workshop {

    private final RuleRevisions revisions;
    private final DeliveryCodec codec = new DeliveryCodec();
    private final Duration flattenAfter;
    private final Set<RuleForge> users = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, "lockstep-rules");
              made.setDaemon(true);
              return made;
            });

    // guarded by this
    private @Nullable Order newest;
    private CompletableFuture<ActiveRules> compiled = new CompletableFuture<>();
    private @Nullable ScheduledFuture<?> flattening;

    Workshop(RuleRevisions revisions, Duration flattenAfter) {
      this.revisions = revisions;
      this.flattenAfter = flattenAfter;
    }

    synchronized CompletableFuture<ActiveRules> compiled(Order order) {
      if (newest == null || !newest.isSameAs(order)) {
        newest = order;
        if (flattening != null) {
          flattening.cancel(/* mayInterruptIfRunning= */ false);
        }
        compiled = CompletableFuture.supplyAsync(() -> compile(order), thread);
      }
      return compiled;
    }

    private ActiveRules compile(Order order) {
      RuleBundle bundle = codec.decode(order.update.payload).bundle();
      ActiveRules rules = revisions.next(order.update.version, bundle);
      synchronized (this) {
        if (rules.program().isLayered() && order.equals(newest)) {
          flattening =
              thread.schedule(
                  () -> flatten(order, rules), flattenAfter.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
      return rules;
    }

    private void flatten(Order order, ActiveRules layered) {
      ActiveRules flat = revisions.flattened(layered);
      synchronized (this) {
        if (!order.equals(newest)) {
          return;
        }
        compiled = CompletableFuture.completedFuture(flat);
      }
      users.forEach(user -> user.deliver(order, flat, /* failure= */ null));
    }

    void end() {
      thread.shutdownNow();
      try {
        if (!thread.awaitTermination(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
          LOG.warn("Rules are still being compiled after {}", END_WITHIN);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
