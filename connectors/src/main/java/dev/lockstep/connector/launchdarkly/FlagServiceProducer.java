package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.server.LDClient;
import com.launchdarkly.sdk.server.interfaces.DataSourceStatusProvider;
import com.launchdarkly.sdk.server.interfaces.DataSourceStatusProvider.State;
import dev.lockstep.connector.latest.LatestValueProducer;
import dev.lockstep.connector.latest.RetryDelays;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the flags of LaunchDarkly. Its supervisor thread fetches the key, builds the client and
 * replaces one that has given up: the SDK never tries again after a 401, or after a 404 that a
 * proxy answers while it is deployed. A missing key does not fail the job either, since the flags
 * in force are better than no detection.
 */
final class FlagServiceProducer implements LatestValueProducer<String> {

  private static final Logger LOG = LoggerFactory.getLogger(FlagServiceProducer.class);
  private static final long END_WITHIN_SECONDS = 10;

  private final LaunchDarklySettings settings;
  private final RetryDelays retryDelays;
  private final FlagSetMetrics metrics;
  private final FlagSetIntake intake;
  private final ClientThreads threads = new ClientThreads();
  private final ScheduledThreadPoolExecutor supervisor;

  // Written by the supervisor's thread, and read when that has ended.
  private volatile @Nullable LDClient client;
  private int failures;

  FlagServiceProducer(
      LaunchDarklySettings settings, RetryDelays retryDelays, FlagSetMetrics metrics) {
    this.settings = settings;
    this.retryDelays = retryDelays;
    this.metrics = metrics;
    this.intake = new FlagSetIntake(settings.flagKeys(), metrics);
    this.supervisor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> threads.newDaemon(task, "flag-supervisor"),
            // The SDK may report its end after ours.
            new ThreadPoolExecutor.DiscardPolicy());
  }

  @Override
  public void start(@Nullable String restored, Consumer<String> offer) {
    intake.start(restored, offer);
    supervise(this::connect, Duration.ZERO);
  }

  /** Runs the task in the supervisor's thread, which would else keep an error to itself. */
  private void supervise(Runnable task, Duration delay) {
    Runnable loud =
        () -> {
          try {
            task.run();
          } catch (RuntimeException | Error e) {
            LOG.error("The flag supervisor failed; flags may not be updated any more", e);
            throw e;
          }
        };
    ScheduledFuture<?> unused = supervisor.schedule(loud, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void connect() {
    closeClient();
    try {
      LDClient built = FlagServiceClient.build(settings, this::onItems);
      client = built;
      DataSourceStatusProvider statuses = built.getDataSourceStatusProvider();
      statuses.addStatusListener(
          status -> supervise(() -> follow(built, status.getState()), Duration.ZERO));
      // It may have failed before anybody listened.
      follow(built, statuses.getStatus().getState());
    } catch (IOException e) {
      retryLater("Cannot fetch the SDK key: " + e);
    } catch (RuntimeException e) {
      // Without its message, which may quote the key.
      retryLater("Cannot start the LaunchDarkly client: " + e.getClass().getName());
    }
  }

  private void onItems(FlagItems items) {
    intake.take(items, "LaunchDarkly");
    // The SDK is silent when it was valid before, but a refusal, or its end, changes our state.
    supervise(this::followClient, Duration.ZERO);
  }

  private void followClient() {
    LDClient current = client;
    if (current != null) {
      follow(current, current.getDataSourceStatusProvider().getStatus().getState());
    }
  }

  private void follow(LDClient reporting, State reported) {
    if (reporting != client) {
      return;
    }
    switch (reported) {
      case INITIALIZING -> metrics.enter(FlagSourceState.STARTING);
      case INTERRUPTED -> metrics.enter(FlagSourceState.INTERRUPTED);
      case OFF -> retryLater("LaunchDarkly refused for good");
      case VALID -> {
        failures = 0;
        metrics.enter(intake.refusing() ? FlagSourceState.INTERRUPTED : FlagSourceState.VALID);
      }
    }
  }

  private void retryLater(String reason) {
    closeClient();
    metrics.enter(FlagSourceState.OFF);
    failures++;
    Duration delay = retryDelays.after(failures);
    if (failures == 1) {
      LOG.warn("{}; the last good flags stay in force, next try in {}", reason, delay);
    }
    supervise(this::connect, delay);
  }

  private void closeClient() {
    LDClient open = client;
    client = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.warn("The LaunchDarkly client did not close well", e);
      }
    }
  }

  @Override
  public void close() {
    supervisor.shutdownNow();
    try {
      if (!supervisor.awaitTermination(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The flag supervisor did not end within {} s", END_WITHIN_SECONDS);
      }
      closeClient();
      threads.join(Duration.ofSeconds(END_WITHIN_SECONDS));
    } catch (InterruptedException e) {
      closeClient();
      Thread.currentThread().interrupt();
    }
  }
}
