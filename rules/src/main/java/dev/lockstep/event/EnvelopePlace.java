package dev.lockstep.event;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/** A place of a record where customer, event id or time may be found. */
public sealed interface EnvelopePlace extends Serializable {

  /** A header of the record, taken as UTF-8 text. */
  record Header(String name) implements EnvelopePlace {
    public Header {
      requireNonNull(name, "name is null");
    }

    @Override
    public String toString() {
      return "header:" + name;
    }
  }

  /** The record's key, taken as UTF-8 text. */
  record Key() implements EnvelopePlace {
    @Override
    public String toString() {
      return "key";
    }
  }

  /** A member of the record's JSON object: the exact name first, then a path with dots. */
  record Field(String path) implements EnvelopePlace {
    public Field {
      requireNonNull(path, "path is null");
    }

    @Override
    public String toString() {
      return "field:" + path;
    }
  }

  /**
   * Reads {@code header:NAME}, {@code key} or {@code field:PATH}.
   *
   * @throws IllegalArgumentException if the text is none of them
   */
  static EnvelopePlace parse(String text) {
    String trimmed = text.trim();
    if (trimmed.equals("key")) {
      return new Key();
    }
    int colon = trimmed.indexOf(':');
    String rest = trimmed.substring(colon + 1);
    if (colon > 0 && !rest.isBlank()) {
      String kind = trimmed.substring(0, colon);
      if (kind.equals("header")) {
        return new Header(rest);
      }
      if (kind.equals("field")) {
        return new Field(rest);
      }
    }
    throw new IllegalArgumentException(
        "a place must be 'key', 'header:NAME' or 'field:PATH', was '" + text + "'");
  }
}
