package dev.lockstep.connector.launchdarkly;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.secret.SecretReference;
import java.io.Serializable;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to get at flag data. It travels in the job graph and therefore holds no secret.
 *
 * @param mode where the data comes from
 * @param flagFiles paths on the task's machine, JSON or YAML in the SDK's format, no key in two of
 *     them; at least one in mode FILE, none else
 * @param sdkKey where the SDK key is; null in mode FILE, never else
 * @param endpoints where LaunchDarkly is
 * @param flagKeys the flags without which a set is refused
 */
public record LaunchDarklySettings(
    FlagDataMode mode,
    List<String> flagFiles,
    @Nullable SecretReference sdkKey,
    Endpoints endpoints,
    FlagKeys flagKeys)
    implements Serializable {

  public LaunchDarklySettings {
    requireNonNull(mode, "mode is null");
    flagFiles = List.copyOf(flagFiles);
    requireNonNull(endpoints, "endpoints is null");
    requireNonNull(flagKeys, "flagKeys is null");
    boolean fromFiles = mode == FlagDataMode.FILE;
    if (fromFiles == flagFiles.isEmpty()) {
      throw new IllegalArgumentException(
          "flagFiles must " + (fromFiles ? "" : "not ") + "be given in mode " + mode);
    }
    if (fromFiles == (sdkKey != null)) {
      throw new IllegalArgumentException(
          "sdkKey must " + (fromFiles ? "not " : "") + "be given in mode " + mode);
    }
  }

  /** Reads flag files; with several of them, the set is what they hold together. */
  public static LaunchDarklySettings file(List<String> flagFiles, FlagKeys flagKeys) {
    return new LaunchDarklySettings(
        FlagDataMode.FILE, flagFiles, null, Endpoints.LAUNCHDARKLY, flagKeys);
  }

  /** Listens to LaunchDarkly's stream. */
  public static LaunchDarklySettings streaming(
      SecretReference sdkKey, Endpoints endpoints, FlagKeys flagKeys) {
    return new LaunchDarklySettings(FlagDataMode.STREAMING, List.of(), sdkKey, endpoints, flagKeys);
  }

  /** Asks LaunchDarkly every 30 seconds, where a proxy does not let a stream through. */
  public static LaunchDarklySettings polling(
      SecretReference sdkKey, Endpoints endpoints, FlagKeys flagKeys) {
    return new LaunchDarklySettings(FlagDataMode.POLLING, List.of(), sdkKey, endpoints, flagKeys);
  }

  /**
   * Base addresses of a relay or of a regional instance.
   *
   * @param streaming null for LaunchDarkly's own
   * @param polling null for LaunchDarkly's own
   */
  public record Endpoints(@Nullable URI streaming, @Nullable URI polling) implements Serializable {

    /** LaunchDarkly itself. */
    public static final Endpoints LAUNCHDARKLY = new Endpoints(null, null);

    /** One address for both, as a relay has it. */
    public static Endpoints relay(URI base) {
      return new Endpoints(base, base);
    }
  }
}
