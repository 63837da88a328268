package dev.lockstep.event;

import com.fasterxml.jackson.core.JsonLocation;

/** The bytes are no event; the message says where and why, and belongs on the dead letter. */
public final class MalformedEventException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedEventException(String problem, JsonLocation location) {
    super(
        "line %d, column %d (byte %d): %s"
            .formatted(
                location.getLineNr(),
                location.getColumnNr(),
                location.getByteOffset(),
                oneLine(problem)));
  }

  private static String oneLine(String problem) {
    int end = problem.indexOf('\n');
    return end < 0 ? problem : problem.substring(0, end);
  }
}
