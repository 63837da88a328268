package dev.lockstep.connector.content;

import dev.lockstep.connector.watch.FileStamp;
import dev.lockstep.content.Delivery;
import dev.lockstep.content.RuleDocument;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rule files and bundles below a directory. Holds nothing between calls. */
final class RuleTree {

  /** The longest file that is read; the longest rule in public collections has some 60 KiB. */
  static final int MAX_FILE_BYTES = 1024 * 1024;

  /** Some 3,800 public rules make a bundle of about 2 MiB. */
  static final int MAX_BUNDLE_BYTES = 16 * 1024 * 1024;

  private final Path root;

  RuleTree(Path root) {
    this.root = root;
  }

  /**
   * Lists all rule files and bundles.
   *
   * @throws IOException if a folder or file cannot be looked at, a link leads nowhere or in a
   *     circle
   */
  SortedMap<Path, FileStamp> list() throws IOException {
    if (!Files.isDirectory(root)) {
      throw new NotDirectoryException(root.toString());
    }
    SortedMap<Path, FileStamp> files = new TreeMap<>();
    Files.walkFileTree(
        root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Listing(files));
    return files;
  }

  /**
   * Reads the listed files. A file that cannot be a rule document becomes one that says so and that
   * no rule parser accepts, so its author hears of it and the other rules go on. The documents of a
   * {@link BundleArchive} are taken as if they lay here, all or none. The time of the delivery is
   * that of the newest file.
   *
   * @param known documents that were read before
   * @throws IOException also if an archive is not what its manifest says
   */
  Delivery read(SortedMap<Path, FileStamp> files, KnownDocuments known) throws IOException {
    List<BundleArchive> archives = new ArrayList<>();
    List<RuleDocument> loose = new ArrayList<>();
    Instant newest = null;
    for (Map.Entry<Path, FileStamp> file : files.entrySet()) {
      Instant modifiedAt = file.getValue().modifiedAt();
      newest = newest == null || modifiedAt.isAfter(newest) ? modifiedAt : newest;
      if (isArchive(file.getKey())) {
        archives.add(archive(file.getKey(), known));
      } else {
        String path = root.relativize(file.getKey()).toString().replace(File.separatorChar, '/');
        loose.add(document(path, file.getKey(), known));
      }
    }
    return ArchiveUnion.of(archives, loose, newest);
  }

  private static BundleArchive archive(Path file, KnownDocuments known) throws IOException {
    byte[] archive = start(file, MAX_BUNDLE_BYTES);
    if (archive.length > MAX_BUNDLE_BYTES) {
      throw new IOException(
          "the bundle %s has %d bytes, the limit is %d"
              .formatted(file, Files.size(file), MAX_BUNDLE_BYTES));
    }
    try {
      return BundleArchive.decode(archive, known);
    } catch (IOException e) {
      throw new IOException("cannot use the bundle %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  static boolean isArchive(Path file) {
    return file.getFileName().toString().endsWith(BundleArchive.SUFFIX);
  }

  /** Reads no more than one byte over the limit. */
  private static byte[] start(Path file, int limit) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(limit + 1);
    }
  }

  private static RuleDocument document(String path, Path file, KnownDocuments known)
      throws IOException {
    byte[] bytes = start(file, MAX_FILE_BYTES);
    if (bytes.length > MAX_FILE_BYTES) {
      String why = "the file has " + Files.size(file) + " bytes, the limit is " + MAX_FILE_BYTES;
      return new RuleDocument(path, refusal(why));
    }
    try {
      return known.document(path, bytes);
    } catch (CharacterCodingException e) {
      return new RuleDocument(path, refusal("the file is not UTF-8"));
    }
  }

  /**
   * A YAML document that is a string where a rule must be a mapping. Neither a comment nor a text
   * with replacement characters would do: both parse, the one to no rule, the other to a rule that
   * never matches.
   */
  private static String refusal(String why) {
    return "\"lockstep cannot read this rule: " + why + "\"\n";
  }

  private final class Listing extends SimpleFileVisitor<Path> {

    private final SortedMap<Path, FileStamp> files;

    private Listing(SortedMap<Path, FileStamp> files) {
      this.files = files;
    }

    /** Hidden folders hold what links lead to, or a version control's files. */
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return !folder.equals(root) && isHidden(folder)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (isRule(file)) {
        // Of a link that leads nowhere the walk gives the link's own attributes; this one fails.
        files.put(
            file, attributes.isSymbolicLink() ? FileStamp.of(file) : FileStamp.of(attributes));
      }
      return FileVisitResult.CONTINUE;
    }

    /** What has vanished since its folder was read is no failure; the next listing lacks it. */
    @Override
    public FileVisitResult visitFileFailed(Path path, IOException cause) throws IOException {
      boolean passedBy = cause instanceof NoSuchFileException || isHidden(path);
      if (passedBy && !path.equals(root)) {
        return FileVisitResult.CONTINUE;
      }
      throw cause;
    }

    private boolean isRule(Path file) {
      String name = file.getFileName().toString();
      boolean rule = name.endsWith(".yml") || name.endsWith(".yaml");
      boolean test = name.endsWith(".test.yml") || name.endsWith(".test.yaml");
      return !isHidden(file) && ((rule && !test) || isArchive(file));
    }

    private boolean isHidden(Path path) {
      String name = path.getFileName().toString();
      // The latter is in the root of every ext4 volume, and closed to all but root.
      return name.startsWith(".") || name.equals("lost+found");
    }
  }
}
