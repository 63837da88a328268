package dev.lockstep.job.config;

import java.util.List;

/**
 * An option as it is written.
 *
 * @param form how it is written
 * @param values the one value of a scalar, the elements of a list, or none
 * @param place where it stands, for messages
 */
record RawOption(Form form, List<String> values, String place) {

  /** How an option may be written. */
  enum Form {
    /** One value. */
    SCALAR,
    /** A list, which may be empty. */
    LIST,
    /** A key with nothing behind it, such as a section whose options are all commented out. */
    NOTHING
  }

  RawOption {
    values = List.copyOf(values);
  }

  static RawOption scalar(String value, String place) {
    return new RawOption(Form.SCALAR, List.of(value), place);
  }

  static RawOption list(List<String> values, String place) {
    return new RawOption(Form.LIST, values, place);
  }

  static RawOption nothing(String place) {
    return new RawOption(Form.NOTHING, List.of(), place);
  }
}
