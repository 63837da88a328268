package dev.lockstep.connector.launchdarkly;

import static dev.lockstep.connector.launchdarkly.FlagJson.egress;
import static dev.lockstep.connector.launchdarkly.FlagJson.flag;
import static dev.lockstep.connector.launchdarkly.FlagJson.ingress;
import static dev.lockstep.connector.launchdarkly.FlagJson.item;
import static dev.lockstep.connector.launchdarkly.FlagJson.member;
import static dev.lockstep.connector.launchdarkly.FlagJson.set;
import static dev.lockstep.connector.launchdarkly.StreamedFlags.egressOf;
import static dev.lockstep.connector.launchdarkly.StreamedFlags.ingressOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.latest.Await;
import dev.lockstep.connector.latest.RunningReader;
import dev.lockstep.connector.launchdarkly.LaunchDarklySettings.Endpoints;
import dev.lockstep.connector.secret.SecretReference;
import dev.lockstep.flag.Disposition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real SDK against a LaunchDarkly of our own. */
class LaunchDarklyFlagSourceTest {

  private static final String GOOD = set(ingress(5, true), egress(5, 0));

  private Path keyFile;
  private LaunchDarklyServer server;

  @BeforeEach
  void startServer(@TempDir Path folder) throws IOException {
    keyFile = folder.resolve("sdk-key");
    Files.writeString(keyFile, LaunchDarklyServer.SDK_KEY + "\n");
    server = new LaunchDarklyServer(GOOD);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void emitsTheWholeSetAfterEachChange() throws Exception {
    try (var reader = RunningReader.start(streaming())) {
      assertThat(egressOf(reader.next())).isEqualTo(Disposition.LIVE);

      server.patch("/flags/lockstep-egress", item(egress(6, 1)));
      assertThat(egressOf(reader.next())).isEqualTo(Disposition.SHADOW);

      server.put(set(ingress(7, false), egress(7, 2)));
      String last = reader.next();
      assertThat(egressOf(last)).isEqualTo(Disposition.OFF);
      assertThat(ingressOf(last)).isFalse();
      assertThat(reader.metric("flagSourceState")).isEqualTo(FlagSourceState.VALID.code());
      assertThat(reader.metric("flagAgeSeconds")).isZero();
    }
  }

  @Test
  void emitsOnlyWhatTheDeclaredFlagsDependOn() throws Exception {
    String prerequisite = "\"prerequisites\":[{\"key\":\"platform\",\"variation\":0}],";
    String segmentRule =
        "\"rules\":[{\"id\":\"r\",\"variation\":1,\"clauses\":[{\"contextKind\":\"customer\","
            + "\"attribute\":\"\",\"op\":\"segmentMatch\",\"values\":[\"outer\"]}]}],";
    String outer =
        "\"outer\":{\"key\":\"outer\",\"version\":1,\"salt\":\"x\",\"rules\":[{\"clauses\":["
            + "{\"contextKind\":\"customer\",\"attribute\":\"key\",\"op\":\"segmentMatch\","
            + "\"values\":[\"inner\"]}]}]}";
    String inner = "\"inner\":{\"key\":\"inner\",\"version\":1,\"salt\":\"x\"}";
    server.put(
        "{\"flags\":{"
            + String.join(
                ",",
                ingress(1, true),
                egress(1, prerequisite + segmentRule + "\"fallthrough\":{\"variation\":0}"),
                member("platform", 1, "true,false", "\"fallthrough\":{\"variation\":0}"),
                member("unrelated", 1, "true,false", "\"fallthrough\":{\"variation\":0}"))
            + "},\"segments\":{"
            + String.join(",", outer, inner, inner.replace("inner", "unused"))
            + "}}");
    try (var reader = RunningReader.start(streaming())) {
      FlagSet emitted = FlagSet.parse(reader.next());
      assertThat(emitted.flags())
          .containsOnlyKeys("lockstep-ingress", "lockstep-egress", "platform");
      assertThat(emitted.segments()).containsOnlyKeys("outer", "inner");

      server.delete("/flags/platform", 2);
      assertThat(FlagSet.parse(reader.next()).flags()).doesNotContainKey("platform");
    }
  }

  @Test
  void takesNeitherANewVersionNorAnUnrelatedFlagForAChange() throws Exception {
    try (var reader = RunningReader.start(streaming())) {
      reader.next();
      server.patch("/flags/lockstep-egress", item(egress(6, 0)));
      server.patch(
          "/flags/unrelated",
          flag("unrelated", 1, "true,false", "\"fallthrough\":{\"variation\":0}"));
      server.heartbeat();
      reader.awaitMetric("flagSetsReceived", 3);
      assertThat(reader.poll()).isNull();
    }
  }

  @Test
  void takesNoPatchOfAnOldVersion() throws Exception {
    try (var reader = RunningReader.start(streaming())) {
      reader.next();
      server.patch("/flags/lockstep-egress", item(egress(4, 2)));
      server.patch("/flags/lockstep-egress", item(egress(5, 1)));
      server.patch("/flags/lockstep-ingress", item(ingress(6, false)));
      String next = reader.next();
      assertThat(ingressOf(next)).isFalse();
      assertThat(egressOf(next)).isEqualTo(Disposition.LIVE);
    }
  }

  @Test
  void leavesDeletedWhatAPatchOfTheSameVersionBrings() throws Exception {
    server.put(set(ingress(5, true), dependentEgress(5), platform(5)));
    try (var reader = RunningReader.start(streaming())) {
      assertThat(egressOf(reader.next())).isEqualTo(Disposition.LIVE);

      server.delete("/flags/platform", 6);
      assertThat(egressOf(reader.next())).isEqualTo(Disposition.SHADOW);
      server.patch("/flags/platform", item(platform(6)));
      server.patch("/flags/lockstep-ingress", item(ingress(6, false)));
      String next = reader.next();
      assertThat(ingressOf(next)).isFalse();
      assertThat(egressOf(next)).isEqualTo(Disposition.SHADOW);

      server.patch("/flags/platform", item(platform(7)));
      assertThat(egressOf(reader.next())).isEqualTo(Disposition.LIVE);
    }
  }

  @Test
  void takesAPutWholeEvenWithLowerVersions() throws Exception {
    server.put(set(ingress(5, true), dependentEgress(5), platform(5)));
    try (var reader = RunningReader.start(streaming())) {
      reader.next();
      server.put(set(ingress(1, false), dependentEgress(1)));
      FlagSet next = FlagSet.parse(reader.next());
      assertThat(next.flags()).containsOnlyKeys("lockstep-ingress", "lockstep-egress");
      assertThat(ingressOf(next.text())).isFalse();
      assertThat(egressOf(next.text())).isEqualTo(Disposition.SHADOW);
    }
  }

  @Test
  void ignoresWhatItDoesNotKnow() throws Exception {
    try (var reader = RunningReader.start(streaming())) {
      reader.next();
      server.patch("/cats/tom", "{\"key\":\"tom\",\"version\":1}");
      server.delete("/cats/tom", 2);
      server.sendEvent("purr", "{\"path\":\"/\"}");
      server.patch("/flags/lockstep-egress", item(egress(6, 1)));
      assertThat(egressOf(reader.next())).isEqualTo(Disposition.SHADOW);
      assertThat(reader.metric("flagSetsReceived")).isEqualTo(2);
      assertThat(server.requests()).containsExactly("/all 200");
    }
  }

  @Test
  void startsWithWhatPatchesAndDeletesHaveLeft() throws Exception {
    server.put(set(ingress(5, true), dependentEgress(5), platform(5)));
    server.patch("/flags/lockstep-ingress", item(ingress(6, false)));
    server.delete("/flags/platform", 6);
    try (var reader = RunningReader.start(streaming())) {
      String first = reader.next();
      assertThat(ingressOf(first)).isFalse();
      assertThat(egressOf(first)).isEqualTo(Disposition.SHADOW);
    }
  }

  @Test
  void keepsTheLastSetWhenAPutIsEmpty() throws Exception {
    try (var reader = RunningReader.start(streaming())) {
      String good = reader.next();
      server.put(set());
      reader.awaitMetric("flagSetsRefused", 1);
      Await.until(
          "the source to call itself interrupted",
          () -> reader.metric("flagSourceState") == FlagSourceState.INTERRUPTED.code());
      assertThat(reader.poll()).isNull();
      assertThat(new String(reader.checkpoint(), 1, good.length(), StandardCharsets.UTF_8))
          .isEqualTo(good);

      server.put(set(ingress(1, true), egress(1, 1)));
      assertThat(egressOf(reader.next())).isEqualTo(Disposition.SHADOW);
    }
  }

  @Test
  void keepsTheLastSetWhenADeclaredFlagIsDeleted() throws Exception {
    try (var reader = RunningReader.start(streaming())) {
      reader.next();
      server.delete("/flags/lockstep-egress", 6);
      reader.awaitMetric("flagSetsRefused", 1);
      assertThat(reader.poll()).isNull();
    }
  }

  @Test
  void keepsTheLastSetWhenAPutHasADeclaredFlagAsDeleted() throws Exception {
    String deleted =
        "\"lockstep-egress\":{\"key\":\"lockstep-egress\",\"version\":6,\"deleted\":true}";
    try (var reader = RunningReader.start(streaming())) {
      reader.next();
      server.put(set(ingress(6, true), deleted));
      reader.awaitMetric("flagSetsRefused", 1);
      assertThat(reader.poll()).isNull();
    }
  }

  @Test
  void refusesAnItemThatChangesWhenItIsWrittenAndRead() throws Exception {
    String literalAttribute =
        "\"rules\":[{\"id\":\"r\",\"variation\":1,\"clauses\":[{\"attribute\":\"/a/b\","
            + "\"op\":\"in\",\"values\":[\"x\"]}]}],\"fallthrough\":{\"variation\":0}";
    try (var reader = RunningReader.start(streaming())) {
      reader.next();
      server.patch("/flags/lockstep-egress", item(egress(6, literalAttribute)));
      reader.awaitMetric("flagSetsRefused", 1);
      assertThat(reader.poll()).isNull();
    }
  }

  @Test
  void refusesASegmentThatCannotBeReadBack() throws Exception {
    String member =
        "\"rules\":[{\"id\":\"r\",\"variation\":1,\"clauses\":[{\"contextKind\":\"customer\","
            + "\"attribute\":\"key\",\"op\":\"segmentMatch\",\"values\":[\"s\"]}]}],"
            + "\"fallthrough\":{\"variation\":0}";
    String withoutAttribute =
        "\"s\":{\"key\":\"s\",\"version\":1,\"salt\":\"x\",\"rules\":[{\"clauses\":["
            + "{\"contextKind\":\"customer\",\"op\":\"in\",\"values\":[\"acme\"]}]}]}";
    try (var reader = RunningReader.start(streaming())) {
      reader.next();
      server.put(
          set(ingress(6, true), egress(6, member))
              .replace("\"segments\":{}", "\"segments\":{" + withoutAttribute + "}"));
      reader.awaitMetric("flagSetsRefused", 1);
      assertThat(reader.poll()).isNull();
    }
  }

  @Test
  void comesToAnEndWhenFlagsDependOnOneAnotherInACircle() throws Exception {
    String onEgress =
        "\"prerequisites\":[{\"key\":\"lockstep-egress\",\"variation\":0}],"
            + "\"fallthrough\":{\"variation\":0}";
    server.put(
        set(ingress(5, true), dependentEgress(5), member("platform", 5, "true,false", onEgress)));
    try (var reader = RunningReader.start(streaming())) {
      assertThat(egressOf(reader.next())).isEqualTo(Disposition.SHADOW);
    }
  }

  @Test
  void emitsTheLastSetFromItsStateWhileTheServerIsDown() throws Exception {
    byte[] checkpoint;
    String last;
    try (var reader = RunningReader.start(streaming())) {
      last = reader.next();
      checkpoint = reader.checkpoint();
    }
    server.stop();
    try (var restored = RunningReader.restore(streaming(), checkpoint)) {
      assertThat(restored.poll()).as("there before any connection").isEqualTo(last);
      restored.next();

      // A put replaces everything, even with lower versions.
      server.restart(set(ingress(1, true), egress(1, 2)));
      assertThat(egressOf(restored.next())).isEqualTo(Disposition.OFF);
    }
  }

  @Test
  void emitsNothingWhenTheServerComesBackUnchanged() throws Exception {
    try (var reader = RunningReader.start(streaming())) {
      reader.next();
      server.drop();
      reader.awaitMetric("flagSetsReceived", 2);
      assertThat(reader.poll()).isNull();
    }
  }

  @Test
  void startsWhileTheServerIsDownAndFailing() throws Exception {
    server.stop();
    try (var reader = RunningReader.start(streaming())) {
      server.failWith(503);
      server.restart(GOOD);
      Await.until("a request", () -> server.requests().contains("/all 503"));
      server.recover();
      assertThat(egressOf(reader.next())).isEqualTo(Disposition.LIVE);
    }
  }

  @Test
  void recoversFromARotatedKeyWithoutARestart() throws Exception {
    server.accept("sdk-rotated");
    try (var reader = RunningReader.start(streaming())) {
      Await.until("a refusal", () -> server.requests().contains("/all 401"));
      Await.until(
          "the source to call itself off",
          () -> reader.metric("flagSourceState") == FlagSourceState.OFF.code());
      Files.writeString(keyFile, "sdk-rotated");
      assertThat(egressOf(reader.next())).isEqualTo(Disposition.LIVE);
    }
  }

  @Test
  void waitsForAKeyThatIsNotThereYet() throws Exception {
    Files.delete(keyFile);
    try (var reader = RunningReader.start(streaming())) {
      Await.until(
          "the source to call itself off",
          () -> reader.metric("flagSourceState") == FlagSourceState.OFF.code());
      Files.writeString(keyFile, LaunchDarklyServer.SDK_KEY);
      assertThat(egressOf(reader.next())).isEqualTo(Disposition.LIVE);
    }
  }

  @Test
  void pollsWhereAStreamDoesNotPass() throws Exception {
    LaunchDarklySettings settings =
        LaunchDarklySettings.polling(
            SecretReference.parse("file:" + keyFile),
            Endpoints.relay(server.uri()),
            FlagKeys.DEFAULT);
    try (var reader = RunningReader.start(new LaunchDarklyFlagSource(settings))) {
      assertThat(egressOf(reader.next())).isEqualTo(Disposition.LIVE);
      assertThat(server.listeners()).isZero();
    }
  }

  @Test
  void leavesNoThreadOfTheSdkBehind() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (var reader = RunningReader.start(streaming())) {
        reader.next();
        assertThat(threadNames()).anyMatch(name -> name.startsWith("LaunchDarkly-"));
      }
      assertThat(threadNames())
          .noneMatch(name -> name.startsWith("LaunchDarkly-") || name.startsWith("lockstep-"));
    }
  }

  @Test
  void neverCarriesTheKeyInTheJobGraphOrTheState() throws Exception {
    LaunchDarklyFlagSource source = streaming();
    assertThat(text(InstantiationUtil.serializeObject(source)))
        .contains(keyFile.toString())
        .doesNotContain(LaunchDarklyServer.SDK_KEY);
    try (var reader = RunningReader.start(source)) {
      reader.next();
      assertThat(text(reader.checkpoint())).doesNotContain(LaunchDarklyServer.SDK_KEY);
    }
  }

  /** Live as long as the flag {@link #platform} is there. */
  private static String dependentEgress(int version) {
    return egress(
        version,
        "\"prerequisites\":[{\"key\":\"platform\",\"variation\":0}],"
            + "\"fallthrough\":{\"variation\":0}");
  }

  private static String platform(int version) {
    return member("platform", version, "true,false", "\"fallthrough\":{\"variation\":0}");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static List<String> threadNames() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }

  private LaunchDarklyFlagSource streaming() {
    return StreamedFlags.from(server, keyFile);
  }
}
