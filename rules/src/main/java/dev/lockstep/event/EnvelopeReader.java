package dev.lockstep.event;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.lockstep.event.Envelope.Accepted;
import dev.lockstep.event.Envelope.Refused;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the envelope of records: whose, which, when. It scans the whole value once, so that
 * whatever it accepts is one JSON object in valid UTF-8. Belongs to one thread.
 */
public final class EnvelopeReader {

  private static final int MAX_CUSTOMER_LENGTH = 128;
  private static final Duration MAX_AGE = Duration.ofDays(3653);
  private static final Duration MAX_AHEAD = Duration.ofDays(366);

  private final EnvelopeLayout layout;
  private final EnvelopeScan scan;
  private final @Nullable PlainEnvelope plain;

  public EnvelopeReader(EnvelopeLayout layout) {
    this.layout = requireNonNull(layout, "layout is null");
    Set<String> wanted = fieldPaths(layout);
    this.scan = new EnvelopeScan(wanted);
    this.plain =
        wanted.stream().anyMatch(path -> path.contains(" ")) ? null : new PlainEnvelope(wanted);
  }

  /** Returns what the record's envelope says; never throws on bad input. */
  public Envelope read(InboundRecord record) {
    byte[] value = record.value();
    if (value == null) {
      return new Refused(
          DeadLetterClass.MALFORMED, "the record has no value; it must be one JSON object");
    }
    if (value.length > layout.maxBytes()) {
      return new Refused(
          DeadLetterClass.TOO_LARGE,
          "the record has %d bytes, at most %d are taken"
              .formatted(value.length, layout.maxBytes()));
    }
    Map<String, String> fields = new HashMap<>();
    try {
      if (plain == null || !plain.collect(value, fields)) {
        fields.clear();
        scan.collect(value, fields);
      }
    } catch (IOException e) {
      return new Refused(DeadLetterClass.MALFORMED, "not one JSON object: " + problem(e));
    }
    return accept(record, fields);
  }

  private Envelope accept(InboundRecord record, Map<String, String> fields) {
    String customer = first(layout.customer(), record, fields);
    if (customer == null) {
      return new Refused(
          DeadLetterClass.NO_CUSTOMER, "none of " + layout.customer() + " names a customer");
    }
    if (customer.length() > MAX_CUSTOMER_LENGTH) {
      return new Refused(
          DeadLetterClass.NO_CUSTOMER,
          "the customer id has %d characters, at most %d are taken"
              .formatted(customer.length(), MAX_CUSTOMER_LENGTH));
    }
    String stated = first(layout.id(), record, fields);
    Instant time = plausible(EventTime.parse(first(layout.time(), record, fields)), record);
    Instant occurredAt = time == null ? record.recordedAt() : time;
    return new Accepted(
        customer,
        stated == null ? record.origin() : EventId.bounded(stated),
        occurredAt.truncatedTo(ChronoUnit.MILLIS),
        time != null);
  }

  /**
   * A time that is years away from the record's own is a broken clock: taken at its word it would
   * make an index of its own in Elasticsearch, and anybody could make thousands.
   */
  private static @Nullable Instant plausible(@Nullable Instant stated, InboundRecord record) {
    Instant recorded = record.recordedAt();
    return stated == null
            || stated.isBefore(recorded.minus(MAX_AGE))
            || stated.isAfter(recorded.plus(MAX_AHEAD))
        ? null
        : stated;
  }

  private static @Nullable String first(
      List<EnvelopePlace> places, InboundRecord record, Map<String, String> fields) {
    for (EnvelopePlace place : places) {
      String value = at(place, record, fields);
      if (value != null && !value.isBlank()) {
        return value;
      }
    }
    return null;
  }

  private static @Nullable String at(
      EnvelopePlace place, InboundRecord record, Map<String, String> fields) {
    if (place instanceof EnvelopePlace.Header header) {
      return record.header(header.name());
    }
    if (place instanceof EnvelopePlace.Field field) {
      return fields.get(field.path());
    }
    return record.key();
  }

  private static Set<String> fieldPaths(EnvelopeLayout layout) {
    return Stream.of(layout.customer(), layout.id(), layout.time())
        .flatMap(List::stream)
        .filter(EnvelopePlace.Field.class::isInstance)
        .map(place -> ((EnvelopePlace.Field) place).path())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Jackson's messages quote the input's source at length; the position is what helps. */
  private static String problem(IOException e) {
    if (e instanceof JsonEOFException || e instanceof JsonParseException) {
      var location = ((JsonParseException) e).getLocation();
      return "%s at byte %d"
          .formatted(((JsonParseException) e).getOriginalMessage(), location.getByteOffset());
    }
    if (e instanceof StreamConstraintsException constraint) {
      return constraint.getOriginalMessage();
    }
    return String.valueOf(e.getMessage());
  }
}
