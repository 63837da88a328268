package dev.lockstep.connector.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.lockstep.content.BundleManifest;
import dev.lockstep.content.BundleManifestJson;
import dev.lockstep.content.Delivery;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.content.RuleDocument;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

class BundleArchiveTest {
  private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");
  private static final String LONG_PATH = "windows/" + "ä".repeat(120) + "/b.yml";
  private static final RuleBundle BUNDLE =
      new RuleBundle(List.of(rule("a.yml", "x"), rule(LONG_PATH, "y")));
  private static final BundleManifest MANIFEST = BundleManifest.of("rules", BUNDLE, "abc", TIME);

  @Test
  void isTheSameAfterWritingAndReading() throws IOException {
    BundleArchive archive = new BundleArchive(MANIFEST, BUNDLE);

    assertThat(BundleArchive.decode(archive.encode())).isEqualTo(archive);
  }

  @Test
  void hasTheSameObjectsAsTheDeliveryBeforeWhereNothingHasChanged() throws IOException {
    RuleDocument changed = rule("a.yml", "z");
    RuleDocument stays = BUNDLE.documents().get(1);
    RuleBundle next =
        new RuleBundle(List.of(changed, new RuleDocument(stays.path(), stays.text())));
    byte[] archive = new BundleArchive(BundleManifest.of("rules", next, null, null), next).encode();

    RuleBundle read =
        BundleArchive.decode(archive, new KnownDocuments(Delivery.of(BUNDLE))).bundle();
    assertThat(read).isEqualTo(next);
    assertThat(read.documents().get(1)).isSameAs(stays);
  }

  @Test
  void isReproducibleToTheByte() throws IOException {
    byte[] first = new BundleArchive(MANIFEST, BUNDLE).encode();
    RuleBundle turned =
        new RuleBundle(List.of(BUNDLE.documents().get(1), BUNDLE.documents().get(0)));

    assertThat(new BundleArchive(BundleManifest.of("rules", turned, "abc", TIME), turned).encode())
        .isEqualTo(first);
    try (TarArchiveInputStream tar = open(first)) {
      TarArchiveEntry manifest = tar.getNextEntry();
      assertThat(manifest.getName()).isEqualTo("manifest.json");
      assertThat(manifest.getLastModifiedTime().toInstant()).isEqualTo(TIME);
      assertThat(manifest.getUserName() + manifest.getGroupName()).isEmpty();
    }
  }

  @Test
  void refusesWhatIsCutOffAnywhere() {
    byte[] encoded = new BundleArchive(MANIFEST, BUNDLE).encode();

    for (int length = 0; length < encoded.length; length++) {
      byte[] start = Arrays.copyOf(encoded, length);
      assertThatIOException().as("%d bytes", length).isThrownBy(() -> BundleArchive.decode(start));
    }
  }

  @Test
  void refusesADocumentThatIsNotAsItWasPacked() {
    Map<String, byte[]> files = files();
    files.put("a.yml", rule("a.yml", "z").text().getBytes(UTF_8));

    assertRefused(files, "its manifest says that its version is " + BUNDLE.version() + ", and its");
  }

  @Test
  void refusesAMissingAndAnAddedDocument() {
    Map<String, byte[]> fewer = files();
    fewer.remove("a.yml");
    Map<String, byte[]> more = files();
    more.put("c.yml", new byte[0]);

    assertRefused(fewer, "its manifest says that it has 2 documents, and it has 1");
    assertRefused(more, "its manifest says that it has 2 documents, and it has 3");
  }

  @Test
  void refusesOneWithoutAManifestOrWithAnotherFormat() {
    Map<String, byte[]> none = files();
    none.remove("manifest.json");
    Map<String, byte[]> later = files();
    later.put("manifest.json", "{\"format\":2,\"count\":0}".getBytes(UTF_8));

    assertRefused(none, "there is no manifest.json in it");
    assertRefused(later, "the manifest's format must be 1, was 2");
  }

  @Test
  void refusesTextThatIsNotUtf8() {
    Map<String, byte[]> files = files();
    files.put("a.yml", new byte[] {'t', (byte) 0xFF});

    assertRefused(files, "'a.yml' in it is not UTF-8");
  }

  @Test
  void refusesLinks() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      TarArchiveEntry link = new TarArchiveEntry("a.yml", TarConstants.LF_SYMLINK);
      link.setLinkName("/etc/passwd");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }

    assertThatIOException()
        .isThrownBy(() -> BundleArchive.decode(bytes.toByteArray()))
        .withMessage("'a.yml' in it must be a plain file");
  }

  @Test
  void refusesWhatBecomesTooLargeWithoutUnpackingAllOfIt() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] megabyte = new byte[1024 * 1024];
    int megabytes = 300;
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      TarArchiveEntry bomb = new TarArchiveEntry("a.yml");
      bomb.setSize((long) megabytes * megabyte.length);
      tar.putArchiveEntry(bomb);
      for (int i = 0; i < megabytes; i++) {
        tar.write(megabyte);
      }
      tar.closeArchiveEntry();
    }

    assertThat(bytes.size()).isLessThan(megabyte.length);
    assertThatIOException()
        .isThrownBy(() -> BundleArchive.decode(bytes.toByteArray()))
        .withMessageStartingWith("unpacked it has more than ");
  }

  private static RuleDocument rule(String path, String id) {
    return new RuleDocument(
        path,
        """
        title: Rule Ä 🔒
        id: %s
        logsource: {product: test}
        detection: {s: {a: b}, condition: s}
        """
            .formatted(id));
  }

  private static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("manifest.json", BundleManifestJson.write(MANIFEST));
    BUNDLE.documents().forEach(each -> files.put(each.path(), each.text().getBytes(UTF_8)));
    return files;
  }

  private static void assertRefused(Map<String, byte[]> files, String message) {
    assertThatIOException()
        .isThrownBy(() -> BundleArchive.decode(packed(files)))
        .withMessageStartingWith(message);
  }

  private static byte[] packed(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(bytes), UTF_8.name())) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static TarArchiveInputStream open(byte[] archive) throws IOException {
    return new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)));
  }
}
