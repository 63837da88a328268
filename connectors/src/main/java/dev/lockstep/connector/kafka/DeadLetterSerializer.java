package dev.lockstep.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.connector.wire.DeadLetterRecord;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Writes a dead letter as its original bytes, with the headers {@code class}, {@code reason},
 * {@code origin}, {@code attempt} and {@code engine}. The reason is one line of bounded length.
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
    Headers headers =
        record
            .headers()
            .add("class", letter.deadLetterClass.getBytes(UTF_8))
            .add("reason", oneLine(letter.reason).getBytes(UTF_8))
            .add("origin", letter.origin.getBytes(UTF_8))
            .add("attempt", "0".getBytes(UTF_8))
            .add("engine", engine.getBytes(UTF_8));
    if (cut) {
      headers.add("original-bytes", Integer.toString(letter.bytes.length).getBytes(UTF_8));
    }
    return record;
  }

  /** Returns the start of the text, to be read in one line of a list. */
  private static String oneLine(String text) {
    String start =
        text.length() <= MAX_REASON_LENGTH ? text : text.substring(0, MAX_REASON_LENGTH) + "…";
    return CONTROL_CHARACTERS.matcher(start).replaceAll(" ");
  }
}
