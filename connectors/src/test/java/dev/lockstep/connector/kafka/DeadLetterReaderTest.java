package dev.lockstep.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.LetterCommand;
import dev.lockstep.connector.wire.RecordHeaders;
import dev.lockstep.connector.wire.Transport;
import dev.lockstep.event.DeadLetterClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DeadLetterReaderTest {

  private static final byte[] NO_TEXT = {(byte) 0xFF, 0};

  @Test
  void readsALetterAsItWasWritten() {
    DeadLetterRecord letter = letter();
    letter.attempt = 2;
    letter.ruleId = "r1";
    letter.engine = "blue";
    letter.originalBytes = 2_000_000;
    letter.transport =
        new Transport(
            NO_TEXT,
            1_767_225_600_000L,
            new RecordHeaders(
                List.of(
                    new RecordHeaders.Header("tenant", bytes("first")),
                    new RecordHeaders.Header("tenant", bytes("acmé")),
                    new RecordHeaders.Header("key", null),
                    new RecordHeaders.Header("", NO_TEXT))));
    assertThat(written(letter)).get().usingRecursiveComparison().isEqualTo(letter);
  }

  @Test
  void readsACommandAndALetterOfWhichNothingMoreIsKnown() {
    DeadLetterRecord letter = letter();
    letter.engine = "blue";
    assertThat(written(letter)).get().usingRecursiveComparison().isEqualTo(letter);
    assertThat(written(letter.withCommand(LetterCommand.PARK)).orElseThrow().command)
        .isEqualTo("park");
  }

  @Test
  void namesTheEngineThatALetterNamesElseItsOwn() {
    DeadLetterRecord letter = letter();
    assertThat(written(letter).orElseThrow().engine).isEqualTo("blue");
    letter.engine = "green";
    assertThat(written(letter).orElseThrow().engine).isEqualTo("green");
  }

  @Test
  void saysThatAKeyOrHeadersWereTooLongToBeKept() {
    DeadLetterRecord letter = letter();
    letter.transport = new Transport(new byte[Transport.MAX_BYTES + 1], 7, RecordHeaders.NONE);
    DeadLetterRecord read = written(letter).orElseThrow();
    assertThat(read.isCut()).isTrue();
    assertThat(read.transport).isNotNull();
  }

  @Test
  void passesOverWhatAnybodyWrote() {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("dead-letters", 0, 1, null, bytes("hello"));
    assertThat(DeadLetterReader.read(record)).isEmpty();
    record.headers().add("class", bytes("MALFORMED")).add("origin", bytes("events/0/1"));
    record.headers().add("engine", bytes("blue"));
    record.headers().add("attempt", bytes("-3")).add("original-bytes", bytes("99999999999999"));
    DeadLetterRecord read = DeadLetterReader.read(record).orElseThrow();
    assertThat(read.attempt).isZero();
    assertThat(read.originalBytes).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void givesAnEngineItsOwnLettersOnly() throws Exception {
    List<DeadLetterRecord> out = new ArrayList<>();
    DeadLetterRecord other = letter();
    other.engine = "green";
    for (DeadLetterRecord letter : List.of(letter(), other)) {
      new DeadLetterDeserializer("green").deserialize(consumed(letter), new ListCollector<>(out));
    }
    assertThat(out).extracting(letter -> letter.engine).containsExactly("green");
  }

  private static DeadLetterRecord letter() {
    return new DeadLetterRecord(
        DeadLetterClass.RULE_ERROR, "because", "events/0/7", "acmé", bytes("{}"));
  }

  private static Optional<DeadLetterRecord> written(DeadLetterRecord letter) {
    return DeadLetterReader.read(consumed(letter));
  }

  private static ConsumerRecord<byte[], byte[]> consumed(DeadLetterRecord letter) {
    ProducerRecord<byte[], byte[]> record =
        new DeadLetterSerializer("dead-letters", "blue").record(letter);
    return new ConsumerRecord<>(
        "dead-letters",
        0,
        1,
        0L,
        TimestampType.CREATE_TIME,
        0,
        0,
        record.key(),
        record.value(),
        record.headers(),
        Optional.empty());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
