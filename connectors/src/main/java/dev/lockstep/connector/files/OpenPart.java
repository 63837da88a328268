package dev.lockstep.connector.files;

import dev.lockstep.connector.files.FoundFile.Stamp;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/** A part that is being read. For one thread. */
final class OpenPart implements Closeable {

  private static final int FIRST_BYTES = 64 * 1024;

  private final FilePart part;
  private final Compression compression;
  private final long start;
  private final RawBytes raw;
  private final FileHead head;
  private final RecordReader records;

  private OpenPart(
      FilePart part,
      Compression compression,
      long start,
      RawBytes raw,
      FileHead head,
      RecordReader records) {
    this.part = part;
    this.compression = compression;
    this.start = start;
    this.raw = raw;
    this.head = head;
    this.records = records;
  }

  /**
   * Opens a part where reading goes on. May be called by another thread than the one that reads it.
   *
   * @param bytes is told what is read, by that thread, too
   * @throws StorageException if that may succeed later
   * @throws IOException if it never will
   */
  static OpenPart open(FilePart part, FileFormat format, int maxRecordBytes, Counter bytes)
      throws IOException {
    FoundFile file = part.file();
    Path path = new Path(file.path());
    FileRange range = part.range();
    long start = range.aligned() ? range.from() : range.from() - 1;
    Compression compression = Compression.of(file.path());
    FileSystem system = unchanged(path, file.stamp());
    FileHead head;
    try (LazyBytes beginning = new LazyBytes(system, path, compression, bytes)) {
      head = format.head(beginning);
    }
    RawBytes raw =
        new RawBytes(opened(system, path, compression == Compression.NONE ? start : 0), bytes);
    try {
      InputStream content = compression.open(raw);
      if (compression != Compression.NONE) {
        content.skipNBytes(start);
      }
      return new OpenPart(
          part, compression, start, raw, head, format.reader(content, range, head, maxRecordBytes));
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static FileSystem unchanged(Path path, Stamp stamp) throws IOException {
    try {
      FileSystem system = path.getFileSystem();
      FileStatus now = system.getFileStatus(path);
      if (now.getLen() != stamp.size()
          || !isSameTime(now.getModificationTime(), stamp.modifiedMillis())) {
        throw new FileNotFoundException(
            "it is not the file that was found, of %d bytes, any more, but has %d and another time"
                    .formatted(stamp.size(), now.getLen())
                + " of modification");
      }
      return system;
    } catch (FileNotFoundException e) {
      throw e;
    } catch (IOException e) {
      throw new StorageException(e);
    }
  }

  /** Some object stores list milliseconds, and tell whole seconds of a single object. */
  private static boolean isSameTime(long nowMillis, long foundMillis) {
    return nowMillis == foundMillis
        || (nowMillis % 1000 == 0 && nowMillis == foundMillis - Math.floorMod(foundMillis, 1000));
  }

  /** Returns the bytes from there on; the first of them have come when it returns. */
  private static InputStream opened(FileSystem system, Path path, long at) throws IOException {
    try {
      // Of an unreadable file, a local file system says that it is not found.
      FSDataInputStream in = system.open(path);
      if (at > 0) {
        in.seek(at);
      }
      return begun(in);
    } catch (IOException e) {
      throw new StorageException(e);
    }
  }

  private static InputStream begun(FSDataInputStream in) throws IOException {
    PushbackInputStream begun = new PushbackInputStream(in, FIRST_BYTES);
    byte[] first = new byte[FIRST_BYTES];
    int length = in.read(first);
    if (length > 0) {
      begun.unread(first, 0, length);
    }
    return begun;
  }

  /**
   * Returns the next record, or null at the end.
   *
   * @throws StorageException if the rest may be read later
   * @throws IOException if it never will be
   */
  @Nullable FileRecord next() throws IOException {
    FileRecord record = records.next();
    if (record == null) {
      long end = start + raw.count();
      long size = part.file().stamp().size();
      if (compression == Compression.NONE && end < Math.min(part.until(), size)) {
        throw new IOException(
            "it ends after %d bytes, and had %d when it was found".formatted(end, size));
      }
      if (compression != Compression.NONE && raw.count() < size) {
        throw new IOException(
            "what is compressed in it ends after about %d of its %d bytes"
                .formatted(raw.count(), size));
      }
    }
    return record;
  }

  FileHead head() {
    return head;
  }

  /** Where reading goes on after the record that was last returned. */
  long position() {
    return records.position();
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }

  /** Closes it, whatever comes of that: all that was read from it has been read. */
  void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      // There is nothing that could be done about it.
    }
  }

  /** The file from its beginning, opened only if somebody reads it. */
  private static final class LazyBytes extends InputStream {
    private final FileSystem system;
    private final Path path;
    private final Compression compression;
    private final Counter bytes;
    private @Nullable InputStream content;

    LazyBytes(FileSystem system, Path path, Compression compression, Counter bytes) {
      this.system = system;
      this.path = path;
      this.compression = compression;
      this.bytes = bytes;
    }

    private InputStream content() throws IOException {
      InputStream opened = content;
      if (opened == null) {
        opened = compression.open(new RawBytes(opened(system, path, 0), bytes));
        content = opened;
      }
      return opened;
    }

    @Override
    public int read() throws IOException {
      return content().read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return content().read(into, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (content != null) {
        content.close();
      }
    }
  }
}
