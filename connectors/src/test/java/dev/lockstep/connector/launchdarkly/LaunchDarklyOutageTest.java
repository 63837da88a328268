package dev.lockstep.connector.launchdarkly;

import static dev.lockstep.connector.launchdarkly.FlagJson.egress;
import static dev.lockstep.connector.launchdarkly.FlagJson.ingress;
import static dev.lockstep.connector.launchdarkly.FlagJson.item;
import static dev.lockstep.connector.launchdarkly.FlagJson.set;
import static dev.lockstep.connector.launchdarkly.StreamedFlags.egressOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.lockstep.connector.latest.Await;
import dev.lockstep.connector.latest.RunningReader;
import dev.lockstep.flag.Disposition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All that a LaunchDarkly can do wrong: the last good set stays, and the next one comes. */
class LaunchDarklyOutageTest {

  /** Far below the five minutes after which the SDK takes a silent connection for dead. */
  private static final Duration AT_ONCE = Duration.ofSeconds(10);

  private Path keyFile;
  private LaunchDarklyServer server;

  @BeforeEach
  void startServer(@TempDir Path folder) throws IOException {
    keyFile = folder.resolve("sdk-key");
    Files.writeString(keyFile, LaunchDarklyServer.SDK_KEY);
    server = new LaunchDarklyServer(set(ingress(5, true), egress(5, 0)));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void waitsForNoAnswerInTheTasksThreadNorWhenItCloses() {
    server.hang();
    assertTimeoutPreemptively(
        AT_ONCE,
        () -> {
          try (var reader = RunningReader.start(streaming())) {
            Await.until(
                "a request without an answer", () -> server.requests().contains("/all no answer"));
            assertThat(reader.poll()).isNull();
            assertThat(reader.checkpoint()).containsExactly(0);
          }
        });
  }

  @Test
  void closesWhileAnEventIsOnItsWay() {
    assertTimeoutPreemptively(
        AT_ONCE,
        () -> {
          try (var reader = RunningReader.start(streaming())) {
            reader.next();
            server.sendHalfAPut();
            assertThat(reader.poll()).isNull();
          }
        });
  }

  @Test
  void listensAgainWhenAServerThatHungDropsTheRequest() throws Exception {
    server.hang();
    try (var reader = RunningReader.start(streaming())) {
      Await.until(
          "a request without an answer", () -> server.requests().contains("/all no answer"));
      server.recover();
      assertThat(egressOf(reader.next())).isEqualTo(Disposition.LIVE);
    }
  }

  @Test
  void takesNothingOfAnEventThatIsCutInTheMiddle() throws Exception {
    try (var reader = RunningReader.start(streaming())) {
      reader.next();
      server.sendHalfAPut();
      server.drop();
      reader.awaitMetric("flagSetsReceived", 2);
      assertThat(reader.poll()).as("the whole put after it changes nothing").isNull();
      assertNextPatchIsTaken(reader);
    }
  }

  /** The last one has a version beyond what the SDK can hold, as milliseconds of an epoch are. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "put|{\"path\":\"/\",\"data\":{\"flags\":[oops",
        "put|",
        "patch|{\"path\":\"/flags/lockstep-egress\",\"data\":{\"rules\":7}}",
        "delete|{\"path\":\"/flags/lockstep-egress\"}x",
        "patch|{\"path\":\"/flags/lockstep-egress\",\"data\":{\"version\":1767225600000}}"
      })
  void keepsTheLastSetWhenAnEventIsGarbageAndListensAgain(String event, @Nullable String data)
      throws Exception {
    try (var reader = RunningReader.start(streaming())) {
      reader.next();
      server.sendEvent(event, data == null ? "" : data);
      reader.awaitMetric("flagSetsReceived", 2);
      assertThat(reader.poll()).isNull();
      assertThat(server.requests()).containsExactly("/all 200", "/all 200");
      assertNextPatchIsTaken(reader);
    }
  }

  @Test
  void takesTheFirstGoodSetOfAServerThatBeganWithGarbage() throws Exception {
    server.garble();
    try (var reader = RunningReader.start(streaming())) {
      Await.until("a second try", () -> server.requests().size() > 1);
      assertThat(reader.poll()).isNull();
      server.recover();
      assertThat(egressOf(reader.next())).isEqualTo(Disposition.LIVE);
    }
  }

  /** 401 is a key that was rotated, 404 a proxy in deployment: for the SDK, both are final. */
  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 503})
  void listensAgainAfterTheServerHasRefusedForAWhile(int status) throws Exception {
    try (var reader = RunningReader.start(streaming())) {
      String good = reader.next();
      server.failWith(status);
      server.drop();
      Await.until("a refusal", () -> server.requests().contains("/all " + status));
      Await.until(
          "the source to know that it may be stale",
          () -> reader.metric("flagSourceState") > FlagSourceState.VALID.code());
      assertThat(reader.poll()).isNull();
      assertThat(reader.checkpoint()).hasSize(good.length() + 1);
      server.recover();
      Await.until("a listener", () -> server.listeners() == 1);
      assertNextPatchIsTaken(reader);
    }
  }

  private void assertNextPatchIsTaken(RunningReader<String> reader) {
    server.patch("/flags/lockstep-egress", item(egress(6, 1)));
    assertThat(egressOf(reader.next())).isEqualTo(Disposition.SHADOW);
    Await.until(
        "the source to be valid",
        () -> reader.metric("flagSourceState") == FlagSourceState.VALID.code());
  }

  private LaunchDarklyFlagSource streaming() {
    return StreamedFlags.from(server, keyFile);
  }
}
