package dev.lockstep.cli;

/** One line of an events file. */
final class EventLine {
  private final String file;
  private final long number;
  private final byte[] json;

  /** Takes the bytes over: nobody else may change them. */
  EventLine(String file, long number, byte[] json) {
    this.file = file;
    this.number = number;
    this.json = json;
  }

  String file() {
    return file;
  }

  long number() {
    return number;
  }

  byte[] json() {
    return json;
  }

  /** Tells whether there is nothing but white space. */
  boolean isBlank() {
    for (byte b : json) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
