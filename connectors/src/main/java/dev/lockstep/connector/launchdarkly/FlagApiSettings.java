package dev.lockstep.connector.launchdarkly;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.secret.SecretReference;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where flags can be changed.
 *
 * @param uri of LaunchDarkly's REST API, without {@code /api/v2}
 * @param token where an access token is that may read and change flags
 * @param project the project's key
 * @param environment the environment's key
 */
public record FlagApiSettings(URI uri, SecretReference token, String project, String environment) {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]+");

  public FlagApiSettings {
    requireNonNull(token, "token is null");
    boolean isSafe =
        "https".equalsIgnoreCase(uri.getScheme())
            || ("http".equalsIgnoreCase(uri.getScheme()) && LOOPBACK.contains(uri.getHost()));
    if (!isSafe || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "the address of the API must begin with https://, as a token is sent there");
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
      throw new IllegalArgumentException(
          "the address of the API must have no user and no query, such as"
              + " https://app.launchdarkly.com");
    }
    requireKey(project, "project");
    requireKey(environment, "environment");
  }

  private static void requireKey(String key, String name) {
    if (!KEY.matcher(requireNonNull(key, name + " is null")).matches()) {
      throw new IllegalArgumentException(
          "the key of the %s must be of letters, digits, dots, hyphens and underscores, was '%s'"
              .formatted(name, key));
    }
  }

  /** The address of a flag. */
  URI flag(String key) {
    requireKey(key, "flag");
    String base = uri.toString().replaceAll("/+$", "");
    return URI.create("%s/api/v2/flags/%s/%s".formatted(base, project, key));
  }
}
