package dev.lockstep.content;

import java.util.Collection;

/** Texts of others in messages. */
final class Quoted {
  private Quoted() {}

  static String text(String text) {
    return "'" + text + "'";
  }

  /** All of them, or the word none. */
  static String list(Collection<String> texts) {
    return texts.isEmpty() ? "none" : text(String.join("', '", texts));
  }
}
