package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.server.LDClient;
import com.launchdarkly.sdk.server.interfaces.DataSourceStatusProvider;
import com.launchdarkly.sdk.server.interfaces.DataSourceStatusProvider.ErrorInfo;
import com.launchdarkly.sdk.server.interfaces.DataSourceStatusProvider.State;
import com.launchdarkly.sdk.server.interfaces.DataSourceStatusProvider.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gets the flags of a source once, as a job gets them when it starts. */
final class FlagSetFetch {

  /** Of exceptions, one in the other, in front of what the innermost says. */
  private static final Pattern CLASS_NAMES = Pattern.compile("^(?:[\\w.$]+(?:Exception|Error): )+");

  private final LaunchDarklySettings settings;

  FlagSetFetch(LaunchDarklySettings settings) {
    this.settings = settings;
  }

  /**
   * Returns the first set that comes.
   *
   * @param atMost how long to wait for LaunchDarkly; files are read at once
   * @throws FlagSetRefusedException if a job would refuse it
   * @throws IOException if none comes; the message says why and holds no key
   */
  FlagSet first(Duration atMost) throws IOException, FlagSetRefusedException, InterruptedException {
    FlagItems items = settings.mode() == FlagDataMode.FILE ? ofFiles() : ofService(atMost);
    return FlagSet.parse(FlagSelection.select(items, settings.flagKeys()).text());
  }

  private FlagItems ofFiles() throws IOException, FlagSetRefusedException {
    FlagFileLoad load = FlagFileLoad.of(settings.flagFiles().stream().map(Path::of).toList());
    FlagItems items = load.items();
    if (items == null) {
      throw new FlagSetRefusedException(load.problem());
    }
    return items;
  }

  private FlagItems ofService(Duration atMost) throws IOException, InterruptedException {
    CompletableFuture<FlagItems> first = new CompletableFuture<>();
    try (LDClient client = client(first)) {
      DataSourceStatusProvider statuses = client.getDataSourceStatusProvider();
      statuses.addStatusListener(status -> endIfOff(status, first));
      // It may have failed before anybody listened.
      endIfOff(statuses.getStatus(), first);
      try {
        return first.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw new IOException(
            "no flags came within " + seconds(atMost) + last(statuses.getStatus().getLastError()),
            e);
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause() == null ? e.toString() : e.getCause().getMessage(), e);
    }
  }

  private LDClient client(CompletableFuture<FlagItems> first) throws IOException {
    try {
      return FlagServiceClient.build(settings, first::complete);
    } catch (RuntimeException e) {
      // Without its message and cause, which may quote the key.
      throw new IOException("cannot start the LaunchDarkly client: " + e.getClass().getName());
    }
  }

  private void endIfOff(Status status, CompletableFuture<FlagItems> first) {
    if (status.getState() == State.OFF) {
      first.completeExceptionally(
          new IOException(
              "LaunchDarkly refused for good; the SDK key is that of "
                  + settings.sdkKey()
                  + last(status.getLastError())));
    }
  }

  private static String last(@Nullable ErrorInfo error) {
    if (error == null) {
      return "";
    }
    return switch (error.getKind()) {
      case ERROR_RESPONSE -> ": it answered " + error.getStatusCode();
      case NETWORK_ERROR, INVALID_DATA, STORE_ERROR, UNKNOWN ->
          ": " + CLASS_NAMES.matcher(String.valueOf(error.getMessage())).replaceFirst("");
    };
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }
}
