package dev.lockstep.parity;

import java.util.Locale;

/** What the control engine and the engine of the same version come to on one alert. */
public enum Noise {
  /** Equal copies. */
  MATCHED,
  /** Copies that differ. */
  DIFFERS,
  /** The control engine has none. */
  MISSING,
  /** The control engine alone has one. */
  EXTRA;

  /** As JSON has it: {@code matched}, {@code differs}, {@code missing}, {@code extra}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Noise ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
