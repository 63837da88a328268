package dev.lockstep.cli;

import java.util.Locale;

/** What the newest record about a dead letter says of it. */
enum LetterState {
  /** It waits for its next try, or is being tried. */
  WAITING,
  /** Somebody asked for a try, whose outcome is not known yet. */
  REDRIVEN,
  /** Somebody asked to park it, which has not happened yet. */
  PARKING,
  /** It is tried no more, until someone asks. */
  PARKED,
  /** Nothing is left to do. */
  RESOLVED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
