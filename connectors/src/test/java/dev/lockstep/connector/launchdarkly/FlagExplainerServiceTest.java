package dev.lockstep.connector.launchdarkly;

import static dev.lockstep.connector.launchdarkly.FlagJson.egress;
import static dev.lockstep.connector.launchdarkly.FlagJson.ingress;
import static dev.lockstep.connector.launchdarkly.FlagJson.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.launchdarkly.LaunchDarklySettings.Endpoints;
import dev.lockstep.connector.secret.SecretReference;
import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FlagExplanation;
import dev.lockstep.flag.FlagSubject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real SDK against a LaunchDarkly of our own. */
class FlagExplainerServiceTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private Path keyFile;
  private LaunchDarklyServer server;

  @BeforeEach
  void startServer(@TempDir Path folder) throws IOException {
    keyFile = folder.resolve("sdk-key");
    Files.writeString(keyFile, LaunchDarklyServer.SDK_KEY + "\n");
    server = new LaunchDarklyServer(set(ingress(5, true), egress(9, 0)));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void takesTheFirstSetWithTheVersionsOfItsFlags() throws Exception {
    try (FlagExplainer explainer = FlagExplainer.open(streaming(), CustomerDirectory.EMPTY, LONG)) {
      FlagExplanation<Disposition> egress =
          explainer.egress(new FlagSubject("acme", "blue", "e1", null));

      assertThat(egress.decision().value()).isEqualTo(Disposition.LIVE);
      assertThat(egress.flagVersion()).isEqualTo(9);
      assertThat(server.requests()).containsExactly("/all 200");
    }
  }

  @Test
  void refusesASetThatLacksAFlag() {
    server.put(set(ingress(5, true)));

    assertThatThrownBy(() -> FlagExplainer.open(streaming(), CustomerDirectory.EMPTY, LONG))
        .isInstanceOf(FlagSetRefusedException.class)
        .hasMessage("it lacks the flag lockstep-egress");
  }

  @Test
  void doesNotWaitForWhatWillNotComeAndNamesThePlaceOfTheKeyOnly() {
    server.accept("another key");

    assertThatThrownBy(() -> FlagExplainer.open(streaming(), CustomerDirectory.EMPTY, LONG))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "LaunchDarkly refused for good; the SDK key is that of file:%s: it answered 401"
                .formatted(keyFile));
  }

  @Test
  void saysWhyNothingCameInTime() {
    server.failWith(503);

    assertThatThrownBy(
            () -> FlagExplainer.open(streaming(), CustomerDirectory.EMPTY, Duration.ofSeconds(2)))
        .isInstanceOf(IOException.class)
        .hasMessage("no flags came within 2.0 s: it answered 503");
  }

  @Test
  void saysThatThereIsNoKey() throws IOException {
    Files.writeString(keyFile, "");

    assertThatThrownBy(() -> FlagExplainer.open(streaming(), CustomerDirectory.EMPTY, LONG))
        .isInstanceOf(IOException.class)
        .hasMessage("There is no secret at file:" + keyFile);
    assertThat(server.requests()).isEmpty();
  }

  private LaunchDarklySettings streaming() {
    return LaunchDarklySettings.streaming(
        SecretReference.parse("file:" + keyFile), Endpoints.relay(server.uri()), FlagKeys.DEFAULT);
  }
}
