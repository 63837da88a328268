package dev.lockstep.sigma;

/** One reason why a document is refused, and where; line and column count from 1. */
public record Issue(String file, int line, int column, String message) {

  /** The form that editors and terminals turn into a link. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + message;
  }
}
