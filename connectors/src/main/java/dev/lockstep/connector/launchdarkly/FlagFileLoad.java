package dev.lockstep.connector.launchdarkly;

import static java.util.Objects.requireNonNull;

import com.launchdarkly.sdk.server.Components;
import com.launchdarkly.sdk.server.LDClient;
import com.launchdarkly.sdk.server.LDConfig;
import com.launchdarkly.sdk.server.integrations.FileData;
import com.launchdarkly.sdk.server.interfaces.DataSourceStatusProvider.ErrorInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the SDK made of flag files.
 *
 * @param items null if it could not read them
 * @param problem empty if it could
 */
record FlagFileLoad(@Nullable FlagItems items, String problem) {

  /** Reads the files once, with a client that opens no connection and is gone afterwards. */
  static FlagFileLoad of(List<Path> paths) throws IOException {
    AtomicReference<@Nullable FlagItems> loaded = new AtomicReference<>();
    LDConfig config =
        new LDConfig.Builder()
            .dataStore(context -> new FlagStore(loaded::set))
            .dataSource(FileData.dataSource().filePaths(paths.toArray(new Path[0])))
            .events(Components.noEvents())
            .diagnosticOptOut(true)
            .logging(Components.noLogging())
            .startWait(Duration.ZERO)
            .build();
    try (LDClient client = new LDClient("no-key-for-files", config)) {
      FlagItems items = loaded.get();
      ErrorInfo error = client.getDataSourceStatusProvider().getStatus().getLastError();
      return items != null
          ? new FlagFileLoad(items, "")
          : new FlagFileLoad(null, error == null ? "the SDK cannot read it" : error.toString());
    }
  }

  void giveTo(FlagSetIntake intake, String origin) {
    if (items == null) {
      intake.refuse(problem, origin);
    } else {
      intake.take(requireNonNull(items), origin);
    }
  }
}
