package dev.lockstep.elastalert;

import java.util.Locale;

/**
 * What did not come over as it was, and where; line and column count from 1.
 *
 * @param setting the key of the rule that it is about; empty if it is about the file
 */
public record Remark(Kind kind, String file, int line, int column, String setting, String message) {

  /** How much it matters, most first. */
  public enum Kind {
    /** The rule is not written. */
    REFUSED,
    /** The rule is written, but without this. */
    LOST,
    /** Nothing is lost that decides what is found, or only where the events are unusual. */
    NOTE;

    /** The name in reports. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The form that editors and terminals turn into a link. */
  @Override
  public String toString() {
    String what = setting.isEmpty() ? "" : setting + ": ";
    return file + ":" + line + ":" + column + ": " + what + message;
  }
}
