package dev.lockstep.connector.launchdarkly;

/** Where flag data comes from. */
public enum FlagDataMode {
  /** From files in the SDK's format, looked at again and again. Needs no SDK key. */
  FILE,
  /** From LaunchDarkly or its relay, pushed within a second. */
  STREAMING,
  /** From LaunchDarkly or its relay, asked every 30 seconds: the SDK allows no less. */
  POLLING
}
