package dev.lockstep.connector.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.connector.latest.RunningReader;
import dev.lockstep.content.BundleManifest;
import dev.lockstep.content.Delivery;
import dev.lockstep.content.Delivery.Part;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.content.RuleDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleDirectorySourceTest {

  private Path rules;

  @BeforeEach
  void makeDirectory(@TempDir Path folder) throws IOException {
    rules = Files.createDirectory(folder.resolve("rules"));
  }

  @Test
  void emitsAllRulesOfTheTreeAtTheStart() throws Exception {
    write("a.yml", "title: a");
    write("windows/b.yaml", "title: b");
    write("windows/b.test.yml", "events: []");
    write("windows/b.test.yaml", "events: []");
    write("README.md", "# rules");
    write(".hidden.yml", "title: hidden");
    write(".git/c.yml", "title: c");
    write("lost+found/d.yml", "title: d");
    try (var reader = start()) {
      assertThat(next(reader).documents())
          .containsExactly(
              new RuleDocument("a.yml", "title: a"),
              new RuleDocument("windows/b.yaml", "title: b"));
      assertThat(reader.metric("directoryReadable")).isEqualTo(1);
    }
  }

  @Test
  void emitsAnEditWithinASecond() throws Exception {
    write("a.yml", "title: 0");
    try (var reader = start()) {
      next(reader);
      long[] millis = new long[7];
      for (int i = 0; i < millis.length; i++) {
        long start = System.nanoTime();
        // Of the same length, so that only the time of change tells.
        write("a.yml", "title: " + (i + 1));
        assertThat(next(reader).documents().get(0).text()).isEqualTo("title: " + (i + 1));
        millis[i] = Duration.ofNanos(System.nanoTime() - start).toMillis();
      }
      Arrays.sort(millis);
      assertThat(millis[millis.length / 2])
          .as("median of %s", Arrays.toString(millis))
          .isLessThan(1000);
    }
  }

  @Test
  void emitsAdditionsAndDeletions() throws Exception {
    write("a.yml", "title: a");
    try (var reader = start()) {
      next(reader);
      write("b.yml", "title: b");
      assertThat(next(reader).documents())
          .extracting(RuleDocument::path)
          .containsExactly("a.yml", "b.yml");
      Files.delete(rules.resolve("a.yml"));
      assertThat(next(reader).documents()).extracting(RuleDocument::path).containsExactly("b.yml");
    }
  }

  @Test
  void emitsAReplacedFile() throws Exception {
    Path file = write("a.yml", "title: a");
    try (var reader = start()) {
      next(reader);
      Path replacement = write("a.yml.tmp", "title: b");
      Files.setLastModifiedTime(replacement, Files.getLastModifiedTime(file));
      Files.move(replacement, file, StandardCopyOption.ATOMIC_MOVE);
      assertThat(next(reader).documents().get(0).text()).isEqualTo("title: b");
    }
  }

  @Test
  void emitsNothingWhenTheContentIsEqual() throws Exception {
    Path file = write("a.yml", "title: a");
    try (var reader = start()) {
      next(reader);
      Files.writeString(file, "title: a");
      write("a.test.yml", "events: []");
      write("b.yml", "title: b");
      assertThat(next(reader).documents()).hasSize(2);
      assertThat(reader.metric("bundlesRead")).isEqualTo(2);
    }
  }

  @Test
  void takesAnExchangedConfigMapWhole() throws Exception {
    configMap("..1", "title: one");
    Files.createSymbolicLink(rules.resolve("..data"), Path.of("..1"));
    Files.createSymbolicLink(rules.resolve("a.yml"), Path.of("..data/a.yml"));
    Files.createSymbolicLink(rules.resolve("b.yml"), Path.of("..data/b.yml"));
    try (var reader = start()) {
      assertThat(next(reader).documents())
          .extracting(RuleDocument::text)
          .containsOnly("title: one");
      configMap("..2", "title: two");
      Files.createSymbolicLink(rules.resolve("..data_tmp"), Path.of("..2"));
      Files.move(
          rules.resolve("..data_tmp"), rules.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
      Files.delete(rules.resolve("..1/a.yml"));
      assertThat(next(reader).documents())
          .extracting(RuleDocument::path, RuleDocument::text)
          .containsExactly(tuple("a.yml", "title: two"), tuple("b.yml", "title: two"));
    }
  }

  @Test
  void keepsTheLastBundleWhileTheDirectoryIsGone() throws Exception {
    write("a.yml", "title: a");
    Path elsewhere = rules.resolveSibling("elsewhere");
    try (var reader = start()) {
      next(reader);
      Files.move(rules, elsewhere);
      reader.awaitMetric("directoryFailures", 1);
      assertThat(reader.metric("directoryReadable")).isZero();

      // What an unmounted volume leaves.
      Files.createDirectory(rules);
      assertThat(reader.poll()).isNull();
      Files.delete(rules);

      Files.move(elsewhere, rules);
      reader.awaitMetric("directoryReadable", 1);
      assertThat(reader.poll()).isNull();
      write("a.yml", "title: changed");
      assertThat(next(reader).documents().get(0).text()).isEqualTo("title: changed");
      assertThat(reader.metric("directoryFailures")).isEqualTo(1);
    }
  }

  @Test
  void doesNotBelieveThatAllRulesAreGone() throws Exception {
    Path file = write("a.yml", "title: a");
    try (var reader = start()) {
      next(reader);
      Files.delete(file);
      reader.awaitMetric("directoryFailures", 1);
      write("b.yml", "title: b");
      assertThat(next(reader).documents()).extracting(RuleDocument::path).containsExactly("b.yml");
    }
  }

  @Test
  void waitsForTheFirstRuleOfADirectoryThatIsEmptyYet() throws Exception {
    try (var reader = start()) {
      reader.awaitMetric("directoryFailures", 1);
      assertThat(reader.poll()).isNull();
      write("a.yml", "title: a");
      assertThat(next(reader).documents()).hasSize(1);
    }
  }

  @Test
  void waitsForADirectoryThatIsNotThereYet() throws Exception {
    Files.delete(rules);
    try (var reader = start()) {
      reader.awaitMetric("directoryFailures", 1);
      assertThat(reader.poll()).isNull();
      write("a.yml", "title: a");
      assertThat(next(reader).documents()).hasSize(1);
    }
  }

  @Test
  void emitsTheLastBundleFromItsStateWithoutTheDirectory() throws Exception {
    Path file = write("a.yml", "title: a");
    byte[] checkpoint;
    try (var reader = start()) {
      next(reader);
      checkpoint = reader.checkpoint();
    }
    Files.delete(file);
    Files.delete(rules);
    try (var restored = RunningReader.restore(new RuleDirectorySource(rules), checkpoint)) {
      assertThat(restored.poll()).as("there at once").isNotNull();
      assertThat(next(restored).documents()).containsExactly(new RuleDocument("a.yml", "title: a"));
      restored.awaitMetric("directoryFailures", 1);
      write("a.yml", "title: a");
      restored.awaitMetric("directoryReadable", 1);
      assertThat(restored.poll()).isNull();
    }
  }

  @Test
  void keepsTheLastBundleWhileALinkLeadsNowhere() throws Exception {
    write("a.yml", "title: a");
    try (var reader = start()) {
      next(reader);
      Path link = Files.createSymbolicLink(rules.resolve("b.yml"), Path.of("nowhere.yml"));
      reader.awaitMetric("directoryFailures", 1);
      Files.delete(link);
      reader.awaitMetric("directoryReadable", 1);
      assertThat(reader.poll()).isNull();
    }
  }

  @Test
  void deliversWhatCannotBeARuleAsADocumentThatSaysSo() throws Exception {
    Files.write(rules.resolve("latin.yml"), "title: Prüfung".getBytes(ISO_8859_1));
    Files.write(rules.resolve("long.yml"), new byte[RuleTree.MAX_FILE_BYTES + 1]);
    write("good.yml", "title: Prüfung");
    try (var reader = start()) {
      assertThat(next(reader).documents())
          .containsExactly(
              new RuleDocument("good.yml", "title: Prüfung"),
              new RuleDocument(
                  "latin.yml", "\"lockstep cannot read this rule: the file is not UTF-8\"\n"),
              new RuleDocument(
                  "long.yml",
                  "\"lockstep cannot read this rule: the file has 1048577 bytes, the limit is"
                      + " 1048576\"\n"));
    }
  }

  @Test
  void takesTheRulesOfABundleInItsVersion() throws Exception {
    RuleBundle bundle = bundle("a.yml", "windows/b.yml");
    publish(bundle);
    try (var reader = start()) {
      RuleBundle taken = next(reader);

      assertThat(taken).isEqualTo(bundle);
      assertThat(taken.version()).isEqualTo(bundle.version());
    }
  }

  @Test
  void putsBundlesAndLooseFilesTogether() throws Exception {
    publish(bundle("a.yml"));
    write("b.yml", "title: b");
    try (var reader = start()) {
      assertThat(next(reader).documents())
          .extracting(RuleDocument::path)
          .containsExactly("a.yml", "b.yml");
    }
  }

  @Test
  void saysWhatItBringsAndSinceWhen() throws Exception {
    RuleBundle bundle = bundle("a.yml");
    BundleManifest manifest = BundleManifest.of("base", bundle, "abc", null);
    Path file = publish(new BundleArchive(manifest.withRemovalMeant(), bundle).encode());
    write("b.yml", "title: b");
    Files.setLastModifiedTime(rules.resolve("b.yml"), FileTime.fromMillis(0));
    try (var reader = start()) {
      Delivery delivery = Delivery.decode(reader.next());

      assertThat(delivery.parts()).containsExactly(new Part("base", bundle.version(), "abc"));
      assertThat(delivery.publishedAt()).isEqualTo(Files.getLastModifiedTime(file).toInstant());
      assertThat(delivery.removalMeant()).isTrue();
    }
  }

  @Test
  void doesNotSayWhenSomethingWasRemoved() throws Exception {
    write("a.yml", "title: a");
    Path removed = write("b.yml", "title: b");
    try (var reader = start()) {
      next(reader);
      Files.delete(removed);

      assertThat(Delivery.decode(reader.next()).publishedAt()).isNull();
    }
  }

  @Test
  void emitsTheSameRulesWhenTheirBundleSaysAnother() throws Exception {
    RuleBundle bundle = bundle("a.yml");
    publish(bundle);
    try (var reader = start()) {
      next(reader);
      BundleManifest manifest = BundleManifest.of("rules", bundle, null, null);
      publish(new BundleArchive(manifest.withRemovalMeant(), bundle).encode());

      assertThat(Delivery.decode(reader.next()).removalMeant()).isTrue();
    }
  }

  @Test
  void keepsTheLastRulesWhileABundleIsNotWhatItsManifestSays() throws Exception {
    publish(bundle("a.yml"));
    try (var reader = start()) {
      next(reader);
      byte[] good = archive(bundle("a.yml", "b.yml"));
      publish(Arrays.copyOf(good, good.length - 1));
      reader.awaitMetric("directoryFailures", 1);
      assertThat(reader.poll()).isNull();

      publish(good);
      assertThat(next(reader)).isEqualTo(bundle("a.yml", "b.yml"));
      assertThat(reader.metric("directoryReadable")).isEqualTo(1);
    }
  }

  @Test
  void takesAllShardsOfABundleOrKeepsTheLastRules() throws Exception {
    RuleBundle first = bundle("a.yml", "b.yml", "c.yml");
    publishShards(first, 3);
    try (var reader = start()) {
      assertThat(next(reader)).isEqualTo(first);
      RuleBundle second = bundle("a.yml", "b.yml", "d.yml");
      publishShards(second, 2);
      reader.awaitMetric("directoryFailures", 1);
      assertThat(reader.poll()).isNull();

      publishShards(second, 3);
      assertThat(next(reader)).isEqualTo(second);
    }
  }

  @Test
  void takesNoPathFromTwoPlaces() throws Exception {
    publish(bundle("a.yml"));
    try (var reader = start()) {
      next(reader);
      write("a.yml", "title: another");
      reader.awaitMetric("directoryFailures", 1);
      assertThat(reader.poll()).isNull();
    }
  }

  private static RuleBundle bundle(String... paths) {
    return new RuleBundle(Arrays.stream(paths).map(RuleDirectorySourceTest::goodRule).toList());
  }

  private static RuleDocument goodRule(String path) {
    return new RuleDocument(
        path,
        """
        title: Rule of %s
        logsource: {product: test}
        detection: {s: {a: b}, condition: s}
        """
            .formatted(path));
  }

  private static byte[] archive(RuleBundle bundle) {
    return new BundleArchive(BundleManifest.of("rules", bundle, null, null), bundle).encode();
  }

  private void publish(RuleBundle bundle) throws IOException {
    publish(archive(bundle));
  }

  /** Puts the first shards of three into place, whatever they hold. */
  private void publishShards(RuleBundle bundle, int shards) throws IOException {
    BundleManifest whole = BundleManifest.of("rules", bundle, null, null);
    for (int i = 0; i < shards; i++) {
      RuleBundle piece = new RuleBundle(bundle.documents().subList(i, i + 1));
      BundleManifest manifest = whole.ofShard(i + 1, 3, piece);
      Path next = Files.write(rules.resolve(".next"), new BundleArchive(manifest, piece).encode());
      Files.move(
          next, rules.resolve(manifest.pieceName() + ".tar.gz"), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private Path publish(byte[] archive) throws IOException {
    Path next = Files.write(rules.resolve(".next"), archive);
    return Files.move(next, rules.resolve("rules.tar.gz"), StandardCopyOption.ATOMIC_MOVE);
  }

  private RunningReader<byte[]> start() {
    return RunningReader.start(new RuleDirectorySource(rules));
  }

  private static RuleBundle next(RunningReader<byte[]> reader) {
    return Delivery.decode(reader.next()).bundle();
  }

  private Path write(String path, String text) throws IOException {
    Path file = rules.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.write(file, text.getBytes(UTF_8));
  }

  private void configMap(String revision, String text) throws IOException {
    write(revision + "/a.yml", text);
    write(revision + "/b.yml", text);
  }
}
