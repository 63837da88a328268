package dev.lockstep.connector.files;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A file in memory, read in parts as the source reads them. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record ReadFile(FileFormat format, byte[] bytes, int maxRecordBytes) {

  static ReadFile of(String format, byte[] bytes) {
    return new ReadFile(FileFormats.named(format), bytes, 1 << 20);
  }

  List<FileRecord> whole() {
    return part(FileRange.WHOLE);
  }

  List<FileRecord> part(FileRange range) {
    RecordReader reader = reader(range);
    List<FileRecord> records = new ArrayList<>();
    try {
      for (FileRecord record = reader.next(); record != null; record = reader.next()) {
        records.add(record);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return records;
  }

  /** Reads the file as so many parts, which begin anywhere, one after the other. */
  List<FileRecord> inParts(int parts, Random random) {
    List<Long> cuts = new ArrayList<>(List.of(0L));
    random.longs(parts - 1L, 1, Math.max(bytes.length, 2)).sorted().forEach(cuts::add);
    cuts.add((long) bytes.length);
    List<FileRecord> records = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      records.addAll(part(new FileRange(cuts.get(i), cuts.get(i + 1), cuts.get(i) == 0)));
    }
    return records;
  }

  /**
   * Reads some records, then goes on with a new reader from where the first one stood, and so on.
   */
  List<FileRecord> withRestores(FileRange range, Random random) {
    List<FileRecord> records = new ArrayList<>();
    FileRange rest = range;
    try {
      while (true) {
        RecordReader reader = reader(rest);
        for (int i = random.nextInt(4); i >= 0; i--) {
          FileRecord record = reader.next();
          if (record == null) {
            return records;
          }
          records.add(record);
        }
        rest = new FileRange(reader.position(), range.until(), true);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  RecordReader reader(FileRange range) {
    try {
      long start = range.aligned() ? range.from() : range.from() - 1;
      FileHead head = format.head(new ByteArrayInputStream(bytes));
      return format.reader(dripping(start), range, head, maxRecordBytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Gives a few bytes at a time, as networks do. */
  private InputStream dripping(long start) {
    int from = (int) Math.min(start, bytes.length);
    Random random = new Random(from);
    return new FilterInputStream(new ByteArrayInputStream(bytes, from, bytes.length - from)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int some = random.nextInt(8) == 0 ? 1 + random.nextInt(7) : length;
        return super.read(target, offset, Math.min(length, some));
      }
    };
  }
}
