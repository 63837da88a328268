package dev.lockstep.connector.launchdarkly;

/** How the source stands to its flag data, with the number that the metric shows. */
enum FlagSourceState {
  /** Nothing has come yet. */
  STARTING(0),
  /** What was emitted last is current. */
  VALID(1),
  /** It may be stale; the source or the SDK is at it. */
  INTERRUPTED(2),
  /** The SDK has given up; the source replaces its client after a while. */
  OFF(3);

  private final int code;

  FlagSourceState(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
