package dev.lockstep.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.RecordHeaders;
import dev.lockstep.connector.wire.Transport;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Writes a dead letter as its original bytes, with the headers {@code class}, {@code reason},
 * {@code origin}, {@code attempt} and {@code engine}, and those that trying again needs. The reason
 * is one line of bounded length.
 *
 * <p>Bytes beyond {@link #MAX_BYTES} are cut off, and the header {@code original-bytes} says how
 * many there were: a letter that the broker refuses for its size would stop the engine for ever.
 * The whole record is still at its origin for as long as that topic keeps it.
 */
final class DeadLetterSerializer implements KafkaRecordSerializationSchema<DeadLetterRecord> {

  /** Leaves room for headers below the broker's default limit of 1 MiB. */
  static final int MAX_BYTES = 960 * 1024;

  /** A reason may quote what it is about, which may be of any length. */
  static final int MAX_REASON_LENGTH = 1024;

  private static final long serialVersionUID = 1L;

  private static final Pattern CONTROL_CHARACTERS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

  private final String topic;
  private final String engine;

  DeadLetterSerializer(String topic, String engine) {
    this.topic = topic;
    this.engine = engine;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      DeadLetterRecord letter, KafkaSinkContext context, Long timestamp) {
    return record(letter);
  }

  ProducerRecord<byte[], byte[]> record(DeadLetterRecord letter) {
    boolean cut = letter.bytes.length > MAX_BYTES;
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            letter.customer == null ? null : letter.customer.getBytes(UTF_8),
            cut ? Arrays.copyOf(letter.bytes, MAX_BYTES) : letter.bytes);
    Headers headers = record.headers();
    add(headers, LetterHeaders.CLASS, letter.deadLetterClass);
    add(headers, LetterHeaders.REASON, oneLine(letter.reason));
    add(headers, LetterHeaders.ORIGIN, letter.origin);
    add(headers, LetterHeaders.ATTEMPT, Integer.toString(letter.attempt));
    add(headers, LetterHeaders.ENGINE, letter.engine.isEmpty() ? engine : letter.engine);
    add(headers, LetterHeaders.RULE_ID, letter.ruleId);
    add(headers, LetterHeaders.COMMAND, letter.command);
    int originalBytes = cut ? letter.bytes.length : letter.originalBytes;
    if (originalBytes > 0) {
      add(headers, LetterHeaders.ORIGINAL_BYTES, Integer.toString(originalBytes));
    }
    if (letter.transport != null) {
      addOriginal(headers, letter.transport);
    }
    return record;
  }

  private static void addOriginal(Headers headers, Transport transport) {
    if (transport.key != null) {
      headers.add(LetterHeaders.ORIGINAL_KEY, transport.key);
    }
    if (transport.recordedAtMillis >= 0) {
      add(headers, LetterHeaders.ORIGINAL_TIMESTAMP, Long.toString(transport.recordedAtMillis));
    }
    if (transport.cut) {
      add(headers, LetterHeaders.ORIGINAL_CUT, "true");
    }
    for (RecordHeaders.Header header : transport.headers().all()) {
      headers.add(LetterHeaders.ORIGINAL + header.name(), header.value());
    }
  }

  private static void add(Headers headers, String name, @Nullable String value) {
    if (value != null) {
      headers.add(name, value.getBytes(UTF_8));
    }
  }

  /** Returns the start of the text, to be read in one line of a list. */
  private static String oneLine(String text) {
    String start =
        text.length() <= MAX_REASON_LENGTH ? text : text.substring(0, MAX_REASON_LENGTH) + "…";
    return CONTROL_CHARACTERS.matcher(start).replaceAll(" ");
  }
}
