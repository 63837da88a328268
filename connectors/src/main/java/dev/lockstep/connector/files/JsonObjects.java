package dev.lockstep.connector.files;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * JSON objects one after the other, with any space between them, or as the elements of arrays. What
 * lies between objects is not held against them, so that reading can go on after any of them.
 */
final class JsonObjects implements FileFormat {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "json";
  }

  @Override
  public RecordReader reader(InputStream file, FileRange range, FileHead head, int maxRecordBytes) {
    return new JsonReader(file, range, maxRecordBytes) {
      @Override
      @Nullable FileRecord find() throws IOException {
        int c = peekBeyond("[],");
        return c < 0 ? null : c == '{' ? object() : noObject();
      }
    };
  }
}
