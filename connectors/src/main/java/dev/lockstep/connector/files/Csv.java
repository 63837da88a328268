package dev.lockstep.connector.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Values with commas between them, quoted as RFC 4180 says; the first record names the columns. A
 * line feed may be within quotes, and only the whole file before it tells whether it is: so a file
 * is read from its beginning.
 */
final class Csv implements FileFormat {
  private static final long serialVersionUID = 1L;

  private static final int MAX_HEAD_BYTES = 256 * 1024;

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public FileHead head(InputStream file) throws IOException {
    FileBytes bytes = new FileBytes(file, 0, MAX_HEAD_BYTES);
    bytes.skipByteOrderMark();
    CsvRecord record = CsvRecord.cut(bytes, MAX_HEAD_BYTES);
    while (record != null && record.isBlank()) {
      record = CsvRecord.cut(bytes, MAX_HEAD_BYTES);
    }
    if (record == null) {
      return FileHead.NONE;
    }
    try {
      List<String> names = new ArrayList<>();
      Set<String> known = new HashSet<>();
      for (String name : record.values()) {
        if (name == null || name.isBlank()) {
          return problem("gives column %d no name".formatted(names.size() + 1));
        }
        if (!known.add(name.strip())) {
          return problem("names the column '%s' twice".formatted(name.strip()));
        }
        names.add(name.strip());
      }
      return new FileHead(names, List.of(), "");
    } catch (RefusedRecordException e) {
      return problem("cannot be read: " + e.getMessage());
    }
  }

  @Override
  public RecordReader reader(InputStream file, FileRange range, FileHead head, int maxRecordBytes) {
    return new CsvReader(file, range, head, maxRecordBytes);
  }

  private static FileHead problem(String what) {
    return new FileHead(List.of(), List.of(), "the first line of the file " + what);
  }
}
