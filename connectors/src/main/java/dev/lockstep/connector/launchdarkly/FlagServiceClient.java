package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.server.Components;
import com.launchdarkly.sdk.server.LDClient;
import com.launchdarkly.sdk.server.LDConfig;
import com.launchdarkly.sdk.server.integrations.ServiceEndpointsBuilder;
import com.launchdarkly.sdk.server.subsystems.ComponentConfigurer;
import com.launchdarkly.sdk.server.subsystems.DataSource;
import dev.lockstep.connector.launchdarkly.LaunchDarklySettings.Endpoints;
import dev.lockstep.connector.secret.SecretReference;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Builds clients that hear flags and send nothing but the key. */
final class FlagServiceClient {

  private FlagServiceClient() {}

  /**
   * Returns at once; the client connects in threads of its own.
   *
   * @throws IOException if there is no key
   */
  static LDClient build(LaunchDarklySettings settings, Consumer<FlagItems> onChange)
      throws IOException {
    SecretReference sdkKey = settings.sdkKey();
    if (sdkKey == null) {
      throw new IllegalArgumentException("sdkKey must be given in mode " + settings.mode());
    }
    ComponentConfigurer<DataSource> source =
        settings.mode() == FlagDataMode.POLLING
            ? Components.pollingDataSource()
            : Components.streamingDataSource();
    LDConfig config =
        new LDConfig.Builder()
            .dataStore(context -> new FlagStore(onChange))
            .dataSource(source)
            .serviceEndpoints(endpoints(settings.endpoints()))
            .events(Components.noEvents())
            .diagnosticOptOut(true)
            // A positive wait would block and swallow the interrupt of a cancellation.
            .startWait(Duration.ZERO)
            .build();
    return new LDClient(sdkKey.resolve(), config);
  }

  private static ServiceEndpointsBuilder endpoints(Endpoints endpoints) {
    ServiceEndpointsBuilder builder = Components.serviceEndpoints();
    if (endpoints.streaming() != null) {
      builder.streaming(endpoints.streaming());
    }
    if (endpoints.polling() != null) {
      builder.polling(endpoints.polling());
    }
    return builder;
  }
}
