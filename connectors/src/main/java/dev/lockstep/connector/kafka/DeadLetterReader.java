package dev.lockstep.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.RecordHeaders;
import dev.lockstep.connector.wire.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Reads what {@link DeadLetterSerializer} wrote. */
final class DeadLetterReader {

  private DeadLetterReader() {}

  /** Returns the letter or command, or nothing when the record is neither: anybody can write. */
  static Optional<DeadLetterRecord> read(ConsumerRecord<byte[], byte[]> record) {
    Headers headers = record.headers();
    String deadLetterClass = text(headers, LetterHeaders.CLASS);
    String origin = text(headers, LetterHeaders.ORIGIN);
    String engine = text(headers, LetterHeaders.ENGINE);
    if (deadLetterClass == null || origin == null || engine == null) {
      return Optional.empty();
    }
    DeadLetterRecord letter = new DeadLetterRecord();
    letter.deadLetterClass = deadLetterClass;
    letter.origin = origin;
    letter.engine = engine;
    letter.reason = requireNonNullElse(text(headers, LetterHeaders.REASON), "");
    letter.customer = record.key() == null ? null : new String(record.key(), UTF_8);
    letter.bytes = requireNonNullElse(record.value(), new byte[0]);
    letter.attempt = count(headers, LetterHeaders.ATTEMPT);
    letter.ruleId = text(headers, LetterHeaders.RULE_ID);
    letter.originalBytes = count(headers, LetterHeaders.ORIGINAL_BYTES);
    letter.command = text(headers, LetterHeaders.COMMAND);
    letter.transport = transport(headers);
    return Optional.of(letter);
  }

  private static @Nullable Transport transport(Headers headers) {
    Transport transport = new Transport();
    Header key = headers.lastHeader(LetterHeaders.ORIGINAL_KEY);
    transport.key = key == null ? null : key.value();
    transport.recordedAtMillis = number(headers, LetterHeaders.ORIGINAL_TIMESTAMP, -1);
    transport.cut = headers.lastHeader(LetterHeaders.ORIGINAL_CUT) != null;
    List<RecordHeaders.Header> original = new ArrayList<>();
    for (Header header : headers) {
      if (header.key().startsWith(LetterHeaders.ORIGINAL)) {
        String name = header.key().substring(LetterHeaders.ORIGINAL.length());
        original.add(new RecordHeaders.Header(name, header.value()));
      }
    }
    transport.headers = original.isEmpty() ? null : new RecordHeaders(original).encode();
    boolean known =
        transport.key != null
            || transport.recordedAtMillis >= 0
            || transport.headers != null
            || transport.cut;
    return known ? transport : null;
  }

  private static @Nullable String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }

  private static int count(Headers headers, String name) {
    return (int) Math.min(number(headers, name, 0), Integer.MAX_VALUE);
  }

  /** What is no number counts as missing: the letter is worth more than the header. */
  private static long number(Headers headers, String name, long missing) {
    String text = text(headers, name);
    return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : missing;
  }
}
