package dev.lockstep.connector.launchdarkly;

import static dev.lockstep.connector.launchdarkly.FlagJson.egress;
import static dev.lockstep.connector.launchdarkly.FlagJson.ingress;
import static dev.lockstep.connector.launchdarkly.FlagJson.set;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.latest.RunningReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlagFileTest {

  private static final String LIVE = set(ingress(41, true), egress(41, 0));
  private static final String SHADOW = set(ingress(41, true), egress(41, 1));
  private static final String OFF = set(ingress(41, true), egress(41, 2));

  private Path folder;
  private Path file;

  @BeforeEach
  void writeFlags(@TempDir Path temporary) throws IOException {
    folder = temporary;
    file = folder.resolve("flags.json");
    Files.writeString(file, LIVE);
  }

  @Test
  void emitsAnEditWithinASecond() throws Exception {
    try (var reader = RunningReader.start(source(file))) {
      assertThat(variation(reader.next())).isZero();
      long[] millis = new long[10];
      for (int i = 0; i < millis.length; i++) {
        long start = System.nanoTime();
        Files.writeString(file, i % 2 == 0 ? SHADOW : LIVE);
        assertThat(variation(reader.next())).isEqualTo((i + 1) % 2);
        millis[i] = Duration.ofNanos(System.nanoTime() - start).toMillis();
      }
      Arrays.sort(millis);
      assertThat(millis[millis.length / 2])
          .as("median of %s", Arrays.toString(millis))
          .isLessThan(1000);
    }
  }

  @Test
  void emitsAReplacedFile() throws Exception {
    try (var reader = RunningReader.start(source(file))) {
      reader.next();
      Path next = folder.resolve("next");
      Files.writeString(next, SHADOW);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      assertThat(variation(reader.next())).isEqualTo(1);
    }
  }

  @Test
  void emitsAnExchangedConfigMap() throws Exception {
    Path mount = Files.createDirectory(folder.resolve("mount"));
    Files.createDirectory(mount.resolve("..1"));
    Files.writeString(mount.resolve("..1/flags.json"), LIVE);
    Files.createSymbolicLink(mount.resolve("..data"), Path.of("..1"));
    Files.createSymbolicLink(mount.resolve("flags.json"), Path.of("..data/flags.json"));
    try (var reader = RunningReader.start(source(mount.resolve("flags.json")))) {
      reader.next();
      Files.createDirectory(mount.resolve("..2"));
      Files.writeString(mount.resolve("..2/flags.json"), SHADOW);
      Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..2"));
      Files.move(
          mount.resolve("..data_tmp"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
      assertThat(variation(reader.next())).isEqualTo(1);
    }
  }

  @Test
  void emitsTheSameTextForTheSameFlags() throws Exception {
    Path other = folder.resolve("other.json");
    Files.writeString(other, "  " + set(egress(7, 0), ingress(99, true)));
    try (var reader = RunningReader.start(source(file));
        var another = RunningReader.start(source(other))) {
      assertThat(reader.next()).isEqualTo(another.next());
    }
  }

  @Test
  void emitsNothingWhenTheContentIsEqual() throws Exception {
    try (var reader = RunningReader.start(source(file))) {
      reader.next();
      Files.writeString(file, " " + set(egress(42, 0), ingress(42, true)));
      reader.awaitMetric("flagSetsReceived", 2);
      assertThat(reader.poll()).isNull();
      Files.writeString(file, OFF);
      assertThat(variation(reader.next())).isEqualTo(2);
    }
  }

  @Test
  void keepsTheLastSetWhileTheFileIsBroken() throws Exception {
    try (var reader = RunningReader.start(source(file))) {
      reader.next();
      Files.writeString(file, LIVE.substring(0, 40));
      reader.awaitMetric("flagSetsRefused", 1);
      reader.awaitMetric("flagSourceState", FlagSourceState.INTERRUPTED.code());
      assertThat(reader.poll()).isNull();
      Files.delete(file);
      reader.awaitMetric("flagSetsRefused", 2);
      Files.writeString(file, SHADOW);
      assertThat(variation(reader.next())).isEqualTo(1);
      assertThat(reader.metric("flagSetsRefused")).isEqualTo(2);
    }
  }

  @Test
  void emitsNothingBeforeThereIsAGoodFile() throws Exception {
    Files.delete(file);
    try (var reader = RunningReader.start(source(file))) {
      reader.awaitMetric("flagSetsRefused", 1);
      Files.writeString(file, set(ingress(1, true)));
      reader.awaitMetric("flagSetsRefused", 2);
      assertThat(reader.poll()).isNull();
      Files.writeString(file, OFF);
      assertThat(variation(reader.next())).isEqualTo(2);
    }
  }

  @Test
  void emitsTheLastSetFromItsStateWithoutTheFile() throws Exception {
    byte[] checkpoint;
    String last;
    try (var reader = RunningReader.start(source(file))) {
      last = reader.next();
      checkpoint = reader.checkpoint();
    }
    Files.delete(file);
    try (var restored = RunningReader.restore(source(file), checkpoint)) {
      assertThat(restored.next()).isEqualTo(last);
      Files.writeString(file, LIVE);
      restored.awaitMetric("flagSetsReceived", 1);
      assertThat(restored.poll()).isNull();
    }
  }

  @Test
  void mergesSeveralFiles() throws Exception {
    Path first = Files.writeString(folder.resolve("a.json"), set(ingress(1, true)));
    Path second = Files.writeString(folder.resolve("b.json"), set(egress(1, 1)));
    var settings =
        LaunchDarklySettings.file(List.of(first.toString(), second.toString()), FlagKeys.DEFAULT);
    try (var reader = RunningReader.start(new LaunchDarklyFlagSource(settings))) {
      assertThat(variation(reader.next())).isEqualTo(1);
    }
  }

  private static LaunchDarklyFlagSource source(Path file) {
    return new LaunchDarklyFlagSource(
        LaunchDarklySettings.file(List.of(file.toString()), FlagKeys.DEFAULT));
  }

  private static int variation(String flagSet) {
    return requireNonNull(FlagSet.parse(flagSet).flags().get(FlagKeys.DEFAULT.egress()))
        .get("fallthrough")
        .get("variation")
        .intValue();
  }
}
