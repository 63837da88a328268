package dev.lockstep.event;

import com.fasterxml.jackson.core.JsonLocation;

/** The bytes are no event; the message says where and why, and belongs on the dead letter. */
public final class MalformedEventException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedEventException(String problem, JsonLocation location) {
    super(place(location) + oneLine(problem));
  }

  /** Of empty input the parser says that it stands before the first column. */
  private static String place(JsonLocation location) {
    return location.getLineNr() < 1
        ? ""
        : "line %d, column %d (byte %d): "
            .formatted(
                location.getLineNr(),
                Math.max(1, location.getColumnNr()),
                Math.max(0, location.getByteOffset()));
  }

  private static String oneLine(String problem) {
    int end = problem.indexOf('\n');
    return end < 0 ? problem : problem.substring(0, end);
  }
}
