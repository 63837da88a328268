package dev.lockstep.connector.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.secret.SecretReference;
import java.io.IOException;
import java.io.Serializable;
import java.util.Base64;
import java.util.Optional;

/**
 * How we show Elasticsearch who we are; the secrets themselves are looked up where they are used.
 */
public sealed interface Authorization extends Serializable {

  /**
   * Returns the value of the Authorization header, read from where the secret lies now.
   *
   * @throws IOException if there is no secret; the message names its place
   */
  Optional<String> header() throws IOException;

  /** No authorization, for a cluster without security. */
  record None() implements Authorization {
    @Override
    public Optional<String> header() {
      return Optional.empty();
    }
  }

  /** User name and password. */
  record Basic(String user, SecretReference password) implements Authorization {
    public Basic {
      requireNonNull(user, "user is null");
      requireNonNull(password, "password is null");
    }

    @Override
    public Optional<String> header() throws IOException {
      byte[] pair = (user + ":" + password.resolve()).getBytes(UTF_8);
      return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    }
  }

  /** An API key in the encoded form that Elasticsearch gives out. */
  record ApiKey(SecretReference key) implements Authorization {
    public ApiKey {
      requireNonNull(key, "key is null");
    }

    @Override
    public Optional<String> header() throws IOException {
      return Optional.of("ApiKey " + key.resolve());
    }
  }
}
