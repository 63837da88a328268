package dev.lockstep.connector.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.content.BundleManifest;
import dev.lockstep.content.BundleManifestJson;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.content.RuleDocument;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.jspecify.annotations.Nullable;

/**
 * A bundle as a file that travels: a {@code tar.gz} of {@code manifest.json} and the documents
 * under their own paths.
 *
 * @param bundle the documents
 * @param manifest what the file says of them, which has been compared with what they are
 */
public record BundleArchive(BundleManifest manifest, RuleBundle bundle) {

  /** How the names of such files end. */
  public static final String SUFFIX = ".tar.gz";

  private static final String MANIFEST = "manifest.json";
  private static final int MAX_UNPACKED_BYTES = 64 * 1024 * 1024;
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int MODE = 0644;
  private static final int OS_UNKNOWN = 255;

  /**
   * Writes a bundle. The same bundle and manifest give the same bytes, on one version of Java: no
   * clock, user or file system has a part in them.
   */
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    GzipParameters gzip = new GzipParameters();
    gzip.setCompressionLevel(Deflater.BEST_COMPRESSION);
    gzip.setOperatingSystem(OS_UNKNOWN);
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes, gzip), UTF_8.name())) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      add(tar, MANIFEST, BundleManifestJson.write(manifest));
      for (RuleDocument document : bundle.documents()) {
        add(tar, document.path(), document.text().getBytes(UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private void add(TarArchiveOutputStream tar, String path, byte[] content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(path);
    entry.setSize(content.length);
    entry.setMode(MODE);
    entry.setIds(0, 0);
    entry.setUserName("");
    entry.setGroupName("");
    Instant built = manifest.builtAt();
    entry.setModTime(built == null ? 0 : built.toEpochMilli());
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  /**
   * Reads a bundle and compares it with what its manifest says.
   *
   * @throws IOException if the bytes are no such archive, something in it cannot be a document, or
   *     the documents are not those of the manifest
   */
  public static BundleArchive decode(byte[] archive) throws IOException {
    return decode(archive, KnownDocuments.NONE);
  }

  /** Reads a bundle, of which some documents may be known, as {@link #decode(byte[])} does. */
  static BundleArchive decode(byte[] archive, KnownDocuments known) throws IOException {
    byte[] manifest = null;
    List<RuleDocument> documents = new ArrayList<>();
    int left = MAX_UNPACKED_BYTES;
    try (TarArchiveInputStream tar = new TarArchiveInputStream(unzipped(archive), UTF_8.name())) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isDirectory()) {
          continue;
        }
        byte[] content = content(tar, entry, left);
        left -= content.length;
        if (entry.getName().equals(MANIFEST)) {
          manifest = content;
        } else {
          documents.add(document(entry.getName(), content, known));
        }
      }
      return verified(manifest, documents);
    } catch (RuntimeException e) {
      // Anyone may put a file there: whatever such bytes lead to, they are no bundle.
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Buffered: a tar is read in pieces of half a kilobyte. */
  private static InputStream unzipped(byte[] archive) throws IOException {
    return new BufferedInputStream(
        GzipCompressorInputStream.builder()
            .setByteArray(archive)
            .setDecompressConcatenated(true)
            .get(),
        BUFFER_BYTES);
  }

  private static byte[] content(TarArchiveInputStream tar, TarArchiveEntry entry, int left)
      throws IOException {
    if (!entry.isFile() || entry.isSymbolicLink() || entry.isLink()) {
      throw new IOException("'%s' in it must be a plain file".formatted(entry.getName()));
    }
    byte[] content = tar.readNBytes((int) Math.min(left, entry.getSize()) + 1);
    if (content.length > left) {
      throw new IOException("unpacked it has more than " + MAX_UNPACKED_BYTES + " bytes");
    }
    if (content.length < entry.getSize()) {
      throw new IOException("it ends within '%s'".formatted(entry.getName()));
    }
    return content;
  }

  private static RuleDocument document(String path, byte[] content, KnownDocuments known)
      throws IOException {
    try {
      return known.document(path, content);
    } catch (CharacterCodingException e) {
      throw new IOException("'%s' in it is not UTF-8".formatted(path), e);
    }
  }

  private static BundleArchive verified(byte @Nullable [] manifest, List<RuleDocument> documents)
      throws IOException {
    if (manifest == null) {
      throw new IOException("there is no " + MANIFEST + " in it");
    }
    BundleManifest said = BundleManifestJson.read(manifest);
    if (said.files() != documents.size()) {
      throw new IOException(
          "its manifest says that it has %d documents, and it has %d"
              .formatted(said.files(), documents.size()));
    }
    RuleBundle bundle = new RuleBundle(documents);
    if (!said.version().equals(bundle.version())) {
      throw new IOException(
          "its manifest says that its version is %s, and its content makes it %s"
              .formatted(said.version(), bundle.version()));
    }
    return new BundleArchive(said, bundle);
  }
}
