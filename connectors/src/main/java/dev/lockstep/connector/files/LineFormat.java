package dev.lockstep.connector.files;

import java.io.IOException;
import java.io.InputStream;

/** A format of which every record is a line, so that a file can be read from its middle. */
abstract class LineFormat implements FileFormat {
  private static final long serialVersionUID = 1L;

  private final String name;

  LineFormat(String name) {
    this.name = name;
  }

  /** Returns a parser for one reader. */
  abstract LineParser parser(FileHead head);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final boolean splittable() {
    return true;
  }

  @Override
  public FileHead head(InputStream file) throws IOException {
    return FileHead.NONE;
  }

  @Override
  public final RecordReader reader(
      InputStream file, FileRange range, FileHead head, int maxRecordBytes) {
    return new LineReader(file, range, parser(head), maxRecordBytes);
  }
}
