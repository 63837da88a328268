package dev.lockstep.event;

/** The kinds of scalar that JSON has. */
public enum ScalarKind {
  TEXT,
  NUMBER,
  TRUTH,
  NULL;

  /** Whether a search of the whole event looks at such values. */
  public boolean isSearched() {
    return this == TEXT || this == NUMBER;
  }
}
