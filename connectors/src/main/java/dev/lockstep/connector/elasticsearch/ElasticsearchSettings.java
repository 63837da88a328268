package dev.lockstep.connector.elasticsearch;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Elasticsearch and how to write to it; holds no secret.
 *
 * @param hosts http or https URIs, all with the same path, which is put before every request's path
 * @param certificateAuthority PEM file to trust instead of the JVM's authorities, on the machine
 *     that connects; null for the JVM's own
 */
public record ElasticsearchSettings(
    List<URI> hosts,
    Authorization authorization,
    @Nullable String certificateAuthority,
    Bulk bulk,
    Backoff backoff,
    Timeouts timeouts)
    implements Serializable {

  public ElasticsearchSettings {
    hosts = List.copyOf(hosts);
    requireNonNull(authorization, "authorization is null");
    requireNonNull(bulk, "bulk is null");
    requireNonNull(backoff, "backoff is null");
    requireNonNull(timeouts, "timeouts is null");
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("hosts must name at least one node");
    }
    for (URI host : hosts) {
      checkHost(host);
      if (!host.getPath().equals(hosts.get(0).getPath())) {
        throw new IllegalArgumentException("all hosts must have the same path, were " + hosts);
      }
    }
  }

  /** Returns settings for a cluster without security, everything else at its default. */
  public static ElasticsearchSettings of(List<URI> hosts) {
    return new ElasticsearchSettings(
        hosts, new Authorization.None(), null, Bulk.DEFAULT, Backoff.DEFAULT, Timeouts.DEFAULT);
  }

  /** Returns these settings with another authorization. */
  public ElasticsearchSettings with(Authorization other) {
    return new ElasticsearchSettings(hosts, other, certificateAuthority, bulk, backoff, timeouts);
  }

  /** Returns these settings with another size of bulk requests. */
  public ElasticsearchSettings with(Bulk other) {
    return new ElasticsearchSettings(
        hosts, authorization, certificateAuthority, other, backoff, timeouts);
  }

  /** Returns these settings with other retries. */
  public ElasticsearchSettings with(Backoff other) {
    return new ElasticsearchSettings(
        hosts, authorization, certificateAuthority, bulk, other, timeouts);
  }

  /** Returns the path to put before every request's path, or an empty string. */
  String pathPrefix() {
    String path = hosts.get(0).getPath();
    return path.equals("/") ? "" : path;
  }

  private static void checkHost(URI host) {
    boolean http = "http".equals(host.getScheme()) || "https".equals(host.getScheme());
    if (!http || host.getHost() == null) {
      throw new IllegalArgumentException(
          "a host must be an http or https URI such as http://127.0.0.1:9200");
    }
    if (host.getUserInfo() != null) {
      // The message does not repeat the URI: it holds the password.
      throw new IllegalArgumentException(
          "host " + host.getHost() + " must not hold a user: give the authorization by reference");
    }
  }

  /**
   * When a bulk request is sent: at whichever limit is reached first, and at every checkpoint.
   *
   * @param maxAge how long a document may wait
   * @param inFlight how many requests of a writer may be on their way while the next one fills;
   *     then the writer waits
   * @param compressed whether requests are sent as gzip
   */
  public record Bulk(
      int maxActions, int maxMegabytes, Duration maxAge, int inFlight, boolean compressed)
      implements Serializable {

    static final Bulk DEFAULT = new Bulk(1_000, 5, Duration.ofSeconds(1), 1, false);

    public Bulk {
      if (maxActions < 1 || maxMegabytes < 1) {
        throw new IllegalArgumentException(
            "a bulk must allow at least 1 action and 1 megabyte, was "
                + maxActions
                + " and "
                + maxMegabytes);
      }
      if (maxAge.toMillis() < 1) {
        throw new IllegalArgumentException("maxAge must be at least 1 ms, was " + maxAge);
      }
      if (inFlight < 1) {
        throw new IllegalArgumentException("inFlight must be at least 1, was " + inFlight);
      }
    }
  }

  /**
   * How a fault that passes is waited out before the job restarts from its checkpoint. The delays
   * grow exponentially, and checkpoints wait meanwhile: 8 retries take about 9 s.
   *
   * @param retries how often one bulk request is sent again
   * @param firstDelay the wait before the first retry
   */
  public record Backoff(int retries, Duration firstDelay) implements Serializable {

    static final Backoff DEFAULT = new Backoff(8, Duration.ofMillis(500));

    public Backoff {
      if (retries < 1) {
        throw new IllegalArgumentException("retries must be at least 1, was " + retries);
      }
      if (firstDelay.toMillis() < 1) {
        throw new IllegalArgumentException("firstDelay must be at least 1 ms, was " + firstDelay);
      }
    }
  }

  /**
   * When a request counts as failed.
   *
   * @param answer the longest silence while waiting for an answer
   */
  public record Timeouts(Duration connect, Duration answer) implements Serializable {

    static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(5), Duration.ofMinutes(1));

    public Timeouts {
      if (connect.toMillis() < 1 || answer.toMillis() < 1) {
        throw new IllegalArgumentException(
            "timeouts must be at least 1 ms, were " + connect + " and " + answer);
      }
    }
  }
}
