package dev.lockstep.connector.content;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A web server that has a bundle.
 *
 * @param url http or https
 * @param tokenFile file with a bearer token on the task that asks; null for none
 * @param pollInterval how long to wait between two requests
 */
public record RuleServerSettings(URI url, @Nullable String tokenFile, Duration pollInterval)
    implements Serializable {

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  public RuleServerSettings {
    requireNonNull(url, "url is null");
    requireNonNull(pollInterval, "pollInterval is null");
    boolean open = !"https".equalsIgnoreCase(url.getScheme()) && !LOOPBACK.contains(url.getHost());
    if (tokenFile != null && open) {
      throw new IllegalArgumentException("must be https, as a token is sent there");
    }
  }

  /** The URL without a query, which may hold a secret: for logs and pictures. */
  public String place() {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return url.getScheme() + "://" + url.getRawAuthority() + path;
  }
}
