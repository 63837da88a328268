package dev.lockstep.connector.files;

import java.io.Serializable;

/** A column of an access log: its name as AWS documents it, and what stands in it. */
record AccessLogField(String name, Kind kind) implements Serializable {

  /** What stands in a column; a dash means that there is nothing in any of them. */
  enum Kind {
    /** A text; with quotes or, where AWS has written it so, without. */
    TEXT,
    /** A text that is always in quotes, so that one which is not shows that columns are amiss. */
    QUOTED,
    /** ISO-8601 with an offset. */
    TIME,
    NUMBER,
    /** An address and a port. */
    ENDPOINT
  }
}
