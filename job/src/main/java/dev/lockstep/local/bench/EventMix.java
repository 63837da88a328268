package dev.lockstep.local.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * The lines that a stream is made of, each one JSON object: those that some rule matches, and the
 * others.
 *
 * @param matchShare how many of a hundred percent, 0 to 1, are of the first kind
 */
public record EventMix(List<String> matching, List<String> others, double matchShare) {

  private static final double HOSTILE = 0.02;
  private static final List<String> ENVELOPE = List.of("event_id", "customer", "@timestamp");

  public EventMix {
    matching = List.copyOf(matching);
    others = List.copyOf(others);
    if (!(matchShare >= 0 && matchShare <= 1)) {
      throw new IllegalArgumentException("matchShare must be 0 to 1, was " + matchShare);
    }
    if (matchShare > 0 && matching.isEmpty()) {
      throw new IllegalArgumentException("no event matches any rule, and some should");
    }
    if (matchShare < 1 && others.isEmpty()) {
      throw new IllegalArgumentException("each event matches some rule, and some should not");
    }
  }

  /** The lines as they come: each as often as any other. */
  public static EventMix asTheyAre(List<String> lines, Predicate<String> matches) {
    List<String> matching = lines.stream().filter(matches).toList();
    List<String> others = lines.stream().filter(matches.negate()).toList();
    return new EventMix(matching, others, (double) matching.size() / lines.size());
  }

  /** What ships: records like those of a few customers, some of them hostile. */
  public static EventMix shipped() {
    return new EventMix(lines("/demo/hostile.ndjson"), lines("/demo/benign.ndjson"), HOSTILE);
  }

  private static List<String> lines(String resource) {
    try (InputStream in = EventMix.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks its resource " + resource);
      }
      return checked(resource, new String(in.readAllBytes(), UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the resource " + resource, e);
    }
  }

  /** The same with so many of them that match. */
  public EventMix withShare(double share) {
    return new EventMix(matching, others, share);
  }

  /**
   * Returns the lines that can be events of a stream, which gives them an id, a customer and a time
   * of their own.
   *
   * @throws IllegalArgumentException with the number of the first line that cannot
   */
  public static List<String> checked(String source, List<String> lines) {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty()) {
        continue;
      }
      String place = source + ":" + (i + 1) + ": ";
      if (!line.startsWith("{") || line.length() < 3) {
        throw new IllegalArgumentException(place + "must be one JSON object with a member or more");
      }
      for (String field : ENVELOPE) {
        if (line.contains("\"" + field + "\":")) {
          throw new IllegalArgumentException(
              place + "must have no " + field + ": the stream gives each event its own");
        }
      }
      events.add(line);
    }
    if (events.isEmpty()) {
      throw new IllegalArgumentException(source + " has no events");
    }
    return events;
  }

  String pick(SplittableRandom random) {
    List<String> from = random.nextDouble() < matchShare ? matching : others;
    return from.get(random.nextInt(from.size()));
  }
}
