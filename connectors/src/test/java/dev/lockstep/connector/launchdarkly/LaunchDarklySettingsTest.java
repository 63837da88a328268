package dev.lockstep.connector.launchdarkly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.latest.RetryDelays;
import dev.lockstep.connector.launchdarkly.LaunchDarklySettings.Endpoints;
import dev.lockstep.connector.secret.SecretReference;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class LaunchDarklySettingsTest {

  private static final SecretReference KEY = SecretReference.parse("env:LD_SDK_KEY");

  @Test
  void wantsFilesInModeFileAndAKeyElse() {
    assertThatThrownBy(() -> LaunchDarklySettings.file(List.of(), FlagKeys.DEFAULT))
        .hasMessage("flagFiles must be given in mode FILE");
    assertThatThrownBy(
            () ->
                new LaunchDarklySettings(
                    FlagDataMode.STREAMING,
                    List.of(),
                    null,
                    Endpoints.LAUNCHDARKLY,
                    FlagKeys.DEFAULT))
        .hasMessage("sdkKey must be given in mode STREAMING");
    assertThatThrownBy(
            () ->
                new LaunchDarklySettings(
                    FlagDataMode.FILE,
                    List.of("flags.json"),
                    KEY,
                    Endpoints.LAUNCHDARKLY,
                    FlagKeys.DEFAULT))
        .hasMessage("sdkKey must not be given in mode FILE");
  }

  @Test
  void travelsInTheJobGraph() throws Exception {
    var settings =
        LaunchDarklySettings.streaming(
            KEY, Endpoints.relay(URI.create("http://relay:8030")), FlagKeys.DEFAULT);
    LaunchDarklySettings arrived =
        InstantiationUtil.deserializeObject(
            InstantiationUtil.serializeObject(settings), getClass().getClassLoader());
    assertThat(arrived).isEqualTo(settings);
  }

  @Test
  void namesThePlaceWhereNoKeyIs() {
    assertThatThrownBy(SecretReference.parse("env:LOCKSTEP_NOT_SET")::resolve)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("LOCKSTEP_NOT_SET");
  }

  @Test
  void wantsTwoDifferentFlags() {
    assertThatThrownBy(() -> new FlagKeys("a", "a")).hasMessageContaining("must differ");
    assertThatThrownBy(() -> new FlagKeys(" ", "a")).hasMessageContaining("ingress");
  }

  @Test
  void triesAgainMoreAndMoreSlowly() {
    RetryDelays delays = new RetryDelays(Duration.ofSeconds(10), Duration.ofSeconds(60));
    assertThat(List.of(1, 2, 3, 4, 1000))
        .extracting(failures -> delays.after(failures).toSeconds())
        .containsExactly(10L, 20L, 40L, 60L, 60L);
  }
}
