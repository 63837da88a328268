package dev.lockstep.job.config;

import dev.lockstep.connector.launchdarkly.SdkKeyReference;

/** Secrets are given by where they are. */
final class SecretOptions {

  private SecretOptions() {}

  static SdkKeyReference sdkKey(String text) {
    if (text.startsWith("env:")) {
      return new SdkKeyReference.EnvironmentVariable(text.substring(4));
    }
    if (text.startsWith("file:")) {
      return new SdkKeyReference.KeyFile(text.substring(5));
    }
    throw new IllegalArgumentException("a secret must be given as env:NAME or file:/path");
  }
}
