package dev.lockstep.connector.files;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The elements of {@code Records} in the JSON objects that AWS CloudTrail delivers. */
final class CloudTrail implements FileFormat {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "cloudtrail";
  }

  @Override
  public RecordReader reader(InputStream file, FileRange range, FileHead head, int maxRecordBytes) {
    return new Reader(file, range, maxRecordBytes);
  }

  private enum Place {
    OUTSIDE,
    AMONG_MEMBERS,
    IN_RECORDS
  }

  /**
   * Whatever goes wrong outside of {@code Records} makes one refused record of the rest of the
   * file; so reading always goes on within {@code Records}, or at the end.
   */
  private static final class Reader extends JsonReader {
    private static final String RECORDS = "Records";

    private final long from;
    private Place place;
    private boolean found;
    private boolean ended;

    Reader(InputStream file, FileRange range, int maxRecordBytes) {
      super(file, range, maxRecordBytes);
      from = range.from();
      found = from > 0;
      place = found ? Place.IN_RECORDS : Place.OUTSIDE;
    }

    @Override
    @Nullable FileRecord find() throws IOException {
      while (!ended) {
        FileRecord record =
            switch (place) {
              case OUTSIDE -> outside();
              case AMONG_MEMBERS -> amongMembers();
              case IN_RECORDS -> inRecords();
            };
        if (record != null) {
          return record;
        }
      }
      return null;
    }

    private @Nullable FileRecord outside() throws IOException {
      int c = peekBeyond("");
      if (c < 0) {
        ended = true;
        return null;
      }
      bytes.mark();
      if (c != '{') {
        return last("not JSON: an object with the member 'Records' should begin here with '{'");
      }
      bytes.skip();
      found = false;
      place = Place.AMONG_MEMBERS;
      return null;
    }

    private @Nullable FileRecord amongMembers() throws IOException {
      int c = peekBeyond(",");
      if (c == '"') {
        boolean records = keyIsRecords();
        if (peekBeyond("") != ':') {
          return last("not JSON: ':' should stand after a key, outside of 'Records'");
        }
        bytes.skip();
        if (peekBeyond("") == '[' && records) {
          bytes.skip();
          found = true;
          place = Place.IN_RECORDS;
          return null;
        }
        String problem = passMember();
        return problem == null ? null : last(problem + ", outside of 'Records'");
      }
      if (!found && (c == '}' || c < 0)) {
        return last(
            "no log of CloudTrail: the file has no array 'Records'; a digest has none and is no"
                + " log, so leave digests out of the path");
      }
      if (c < 0) {
        ended = true;
        return null;
      }
      if (c != '}') {
        return last("not JSON: a key or '}' should stand here, outside of 'Records'");
      }
      bytes.skip();
      place = Place.OUTSIDE;
      return null;
    }

    private @Nullable FileRecord inRecords() throws IOException {
      int c = peekBeyond(",");
      if (c < 0) {
        bytes.mark();
        return bytes.offset() > from
            ? last("the file ends before the array 'Records' does; more records may be missing")
            : end();
      }
      if (c == ']') {
        bytes.skip();
        bytes.mark();
        place = Place.AMONG_MEMBERS;
        return null;
      }
      return c == '{' ? object() : noObject();
    }

    private FileRecord last(String problem) throws IOException {
      ended = true;
      return rest(problem);
    }

    private @Nullable FileRecord end() {
      ended = true;
      return null;
    }

    private boolean keyIsRecords() throws IOException {
      bytes.skip();
      for (int i = 0; i < RECORDS.length(); i++) {
        if (bytes.peek() != RECORDS.charAt(i)) {
          passString();
          return false;
        }
        bytes.skip();
      }
      boolean same = bytes.peek() == '"';
      passString();
      return same;
    }

    /** The rest of a string: one that begins here, but for its quote. */
    private void passString() throws IOException {
      for (int c = bytes.peek(); c >= ' '; c = bytes.peek()) {
        bytes.skip();
        if (c == '"') {
          return;
        }
        if (c == '\\' && bytes.peek() >= ' ') {
          bytes.skip();
        }
      }
    }

    private @Nullable String passMember() throws IOException {
      int c = bytes.peek();
      if (c == '{' || c == '[' || c == '"') {
        return value.pass();
      }
      while (c >= 0 && c != ',' && c != '}') {
        bytes.skip();
        c = bytes.peek();
      }
      return null;
    }
  }
}
