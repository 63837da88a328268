package dev.lockstep.cli;

import picocli.CommandLine.Help.Ansi;

/**
 * Colours where they are shown: on a terminal, unless {@code NO_COLOR} says otherwise. Takes any
 * text as it is, where picocli's own markup would give meaning to what rules and events hold.
 */
record Colours(boolean shown) {

  static Colours of(Ansi ansi) {
    return new Colours(ansi.enabled());
  }

  String good(String text) {
    return paint("32", text);
  }

  String bad(String text) {
    return paint("31", text);
  }

  String hint(String text) {
    return paint("33", text);
  }

  String bold(String text) {
    return paint("1", text);
  }

  String faint(String text) {
    return paint("2", text);
  }

  /** The check mark or the cross of a verdict. */
  String mark(boolean holds) {
    return holds ? good("✓") : bad("✗");
  }

  private String paint(String code, String text) {
    return shown ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
