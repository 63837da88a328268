package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A stream of records like those of a few customers: process creations, authentications, cloud
 * audit and load-balancer records; most of them benign, some hostile, a few that nobody can read.
 * The same seed gives the same records, but for their times.
 */
final class DemoEvents {

  static final List<String> CUSTOMERS = List.of("acme", "globex", "initech", "umbrella");

  /** How long an event is on its way, at the most. */
  static final Duration MAX_DELAY = Duration.ofSeconds(3);

  private static final double HOSTILE = 0.02;
  private static final double UNREADABLE = 0.002;
  private static final int TOO_LARGE_BYTES = 1_100_000;

  private final List<String> benign = lines("/demo/benign.ndjson");
  private final List<String> hostile = lines("/demo/hostile.ndjson");
  private final Random random;
  private final String run;
  private long sent;
  private long unreadable;

  /**
   * @param run part of each event's id, so that the events of two runs differ
   */
  DemoEvents(long seed, String run) {
    this.random = new Random(seed);
    this.run = run;
  }

  /** Returns the next record, which occurred up to three seconds before {@code now}. */
  DemoRecord next(Instant now) {
    sent++;
    String customer = CUSTOMERS.get(random.nextInt(CUSTOMERS.size()));
    Instant occurredAt = now.minus(Duration.ofMillis(random.nextInt((int) MAX_DELAY.toMillis())));
    double kind = random.nextDouble();
    if (kind < UNREADABLE) {
      return unreadable(customer);
    }
    List<String> source = kind < UNREADABLE + HOSTILE ? hostile : benign;
    String event = source.get(random.nextInt(source.size()));
    String envelope =
        "{\"customer\":\"%s\",\"event_id\":\"%s-%d\",\"@timestamp\":\"%s\","
            .formatted(customer, run, sent, occurredAt);
    return new DemoRecord(customer, envelope + event.substring(1));
  }

  private DemoRecord unreadable(String customer) {
    unreadable++;
    return switch ((int) (unreadable % 4)) {
      case 1 -> new DemoRecord(customer, "<134>an old syslog line that is no JSON");
      case 2 -> new DemoRecord(customer, "{\"CommandLine\":\"cut off in the mid");
      case 3 -> new DemoRecord(null, "{\"CommandLine\":\"whoami\",\"note\":\"nobody's event\"}");
      default -> new DemoRecord(customer, "{\"blob\":\"" + "x".repeat(TOO_LARGE_BYTES) + "\"}");
    };
  }

  private static List<String> lines(String resource) {
    try (InputStream in = DemoEvents.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks its resource " + resource);
      }
      return new String(in.readAllBytes(), UTF_8).lines().filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the resource " + resource, e);
    }
  }

  /** A record's key and value; without a key nobody knows whose it is. */
  record DemoRecord(@Nullable String key, String value) {}
}
