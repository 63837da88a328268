package dev.lockstep.connector.secret;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a secret is to be found on the machine that uses it, so that job graphs and logs carry the
 * reference alone.
 *
 * @param name environment variable or absolute path
 */
public record SecretReference(Place place, String name) implements Serializable {

  /** What a reference points to. */
  public enum Place {
    /** An environment variable. */
    ENVIRONMENT("env:"),
    /** A file, such as a mounted Kubernetes secret; white space around the secret is dropped. */
    FILE("file:");

    private final String prefix;

    Place(String prefix) {
      this.prefix = prefix;
    }
  }

  public SecretReference {
    requireNonNull(place, "place is null");
    if (name.isBlank()) {
      throw new IllegalArgumentException("a secret reference must name something");
    }
  }

  /**
   * Parses {@code env:NAME} or {@code file:/path}.
   *
   * @throws IllegalArgumentException for anything else; the message does not repeat it, since it
   *     may be the secret itself
   */
  public static SecretReference parse(String text) {
    for (Place place : Place.values()) {
      if (text.startsWith(place.prefix)) {
        return new SecretReference(place, text.substring(place.prefix.length()));
      }
    }
    throw new IllegalArgumentException("a secret must be given as env:NAME or file:/path");
  }

  /**
   * Returns the secret as it is now: secrets are rotated.
   *
   * @throws IOException if there is none; the message names the reference
   */
  public String resolve() throws IOException {
    String secret =
        switch (place) {
          case ENVIRONMENT -> System.getenv().getOrDefault(name, "");
          case FILE -> Files.readString(Path.of(name));
        };
    if (secret.isBlank()) {
      throw new IOException("There is no secret at " + this);
    }
    return secret.strip();
  }

  @Override
  public String toString() {
    return place.prefix + name;
  }
}
