package dev.lockstep.connector.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventRecordSerializerTest {

  private final EventRecordSerializer serializer = EventRecordSerializer.INSTANCE;

  @Test
  void keepsAllFields() throws IOException {
    assertKept(event("acme"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "äÿ", "Ā日本", "\ud800 half a pair", "\u0000"})
  void keepsAnyText(String text) throws IOException {
    EventRecord event = event(text);
    event.id = text;
    event.origin = text;
    assertKept(event);
  }

  @Test
  void keepsWhatIsNotThere() throws IOException {
    assertKept(new EventRecord());
    EventRecord bare = event("acme");
    bare.transport = null;
    assertKept(bare);
    EventRecord empty = event("acme");
    empty.transport = new Transport();
    assertKept(empty);
  }

  @Test
  void keepsWhatANextTryIsOf() throws IOException {
    for (@Nullable String rule : new @Nullable String[] {null, "rule"}) {
      EventRecord event = event("acme");
      event.retry = new Retry();
      event.retry.attempt = 3;
      event.retry.deadLetterClass = "RULE_ERROR";
      event.retry.ruleId = rule;
      assertKept(event);
    }
  }

  @Test
  void keepsThatItIsLateOrCut() throws IOException {
    EventRecord event = event("acme");
    event.late = true;
    requireNonNull(event.transport).cut = true;
    assertKept(event);
  }

  @Test
  void readsRecordsOneAfterTheOther() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    for (String customer : List.of("a", "Ā", "")) {
      serializer.serialize(event(customer), out);
    }
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    for (String customer : List.of("a", "Ā", "")) {
      assertThat(serializer.deserialize(in).customer).isEqualTo(customer);
    }
    assertThat(in.available()).isZero();
  }

  @Test
  void copiesToAnotherRecord() {
    EventRecord event = event("acme");
    EventRecord copy = serializer.copy(event);
    assertThat(copy).isNotSameAs(event).usingRecursiveComparison().isEqualTo(event);
    copy.late = true;
    assertThat(event.late).isFalse();
  }

  private void assertKept(EventRecord event) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(event, out);
    EventRecord read = serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    assertThat(read).usingRecursiveComparison().isEqualTo(event);
  }

  private static EventRecord event(String customer) {
    EventRecord event =
        new EventRecord(
            customer, "e1", 1_767_225_600_000L, "events/0/7", "{\"é\":1}".getBytes(UTF_8));
    event.transport =
        new Transport(
            new byte[] {1, 2},
            7,
            new RecordHeaders(List.of(new RecordHeaders.Header("h", new byte[] {3}))));
    return event;
  }
}
