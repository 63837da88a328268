package dev.lockstep.connector.launchdarkly;

import static dev.lockstep.connector.launchdarkly.FlagJson.egress;
import static dev.lockstep.connector.launchdarkly.FlagJson.ingress;
import static dev.lockstep.connector.launchdarkly.FlagJson.set;
import static dev.lockstep.connector.launchdarkly.StreamedFlags.egressOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.latest.Await;
import dev.lockstep.connector.latest.RunningReader;
import dev.lockstep.connector.launchdarkly.LaunchDarklySettings.Endpoints;
import dev.lockstep.connector.secret.SecretReference;
import dev.lockstep.flag.Disposition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a second poll brings. The SDK takes 30 seconds to it and allows no less, so all tests wait
 * for the same ones.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LaunchDarklyPollingTest {

  private Path keyFile;
  private Polling unchanged;
  private Polling changed;
  private Polling garbledLater;
  private Polling garbledAtFirst;

  @BeforeAll
  void startAll(@TempDir Path folder) throws IOException {
    keyFile = Files.writeString(folder.resolve("sdk-key"), LaunchDarklyServer.SDK_KEY);
    LaunchDarklyServer garbled = server();
    garbled.garble();
    garbledAtFirst = new Polling(garbled);
    unchanged = new Polling(server());
    changed = new Polling(server());
    garbledLater = new Polling(server());
    for (Polling good : List.of(unchanged, changed, garbledLater)) {
      assertThat(egressOf(good.reader.next())).isEqualTo(Disposition.LIVE);
    }
    changed.server.patch("/flags/lockstep-egress", FlagJson.item(egress(6, 1)));
    garbledLater.server.garble();
    garbledAtFirst.awaitPolls(1);
    garbled.recover();
  }

  @AfterAll
  void stopAll() throws Exception {
    for (Polling each : List.of(unchanged, changed, garbledLater, garbledAtFirst)) {
      each.close();
    }
  }

  @Test
  void keepsTheSetThatHasNotChanged() {
    unchanged.awaitPolls(2);
    assertThat(unchanged.server.requests())
        .startsWith("/sdk/latest-all 200", "/sdk/latest-all 304");
    assertThat(unchanged.reader.poll()).isNull();
    assertThat(unchanged.reader.metric("flagSourceState")).isEqualTo(FlagSourceState.VALID.code());
    assertThat(unchanged.server.listeners()).isZero();
  }

  @Test
  void takesTheSetThatHasChanged() {
    assertThat(egressOf(changed.reader.next())).isEqualTo(Disposition.SHADOW);
  }

  @Test
  void keepsTheLastSetWhenAnAnswerIsGarbage() {
    Await.until(
        "the source to call itself interrupted",
        () -> garbledLater.reader.metric("flagSourceState") == FlagSourceState.INTERRUPTED.code());
    assertThat(garbledLater.reader.poll()).isNull();
  }

  @Test
  void takesTheFirstGoodSetOfAServerThatBeganWithGarbage() {
    assertThat(egressOf(garbledAtFirst.reader.next())).isEqualTo(Disposition.LIVE);
  }

  private static LaunchDarklyServer server() throws IOException {
    return new LaunchDarklyServer(set(ingress(5, true), egress(5, 0)));
  }

  /** A server and the reader that polls it. */
  private final class Polling implements AutoCloseable {

    private final LaunchDarklyServer server;
    private final RunningReader<String> reader;

    Polling(LaunchDarklyServer server) {
      this.server = server;
      this.reader =
          RunningReader.start(
              new LaunchDarklyFlagSource(
                  LaunchDarklySettings.polling(
                      SecretReference.parse("file:" + keyFile),
                      Endpoints.relay(server.uri()),
                      FlagKeys.DEFAULT)));
    }

    void awaitPolls(int count) {
      Await.until(count + " polls", () -> server.requests().size() >= count);
    }

    @Override
    public void close() throws Exception {
      reader.close();
      server.close();
    }
  }
}
