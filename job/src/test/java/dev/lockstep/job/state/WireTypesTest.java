package dev.lockstep.job.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.ComparedAlert;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.connector.wire.EventToIndex;
import dev.lockstep.connector.wire.IndexRecord;
import dev.lockstep.connector.wire.LetterCommand;
import dev.lockstep.connector.wire.RecordHeaders;
import dev.lockstep.connector.wire.Retry;
import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.connector.wire.Transport;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.statistics.Counts;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What crosses operators or lies in state is written field by field, and so can evolve. */
class WireTypesTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        AlertRecord.class,
        BundleSighting.class,
        CappedMatches.class,
        ComparedAlert.class,
        ControlNotice.class,
        ControlUpdate.class,
        DeadLetterRecord.class,
        DecodedRecord.class,
        EventRecord.class,
        EventToIndex.class,
        IndexRecord.class,
        JudgedAlert.class,
        ParityCase.class,
        RememberedVerdict.class,
        Retry.class,
        StatusRecord.class,
        SummaryProgress.class,
        Transport.class
      })
  void isAPojoOfNativeTypes(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }

  @ParameterizedTest
  @MethodSource("records")
  void comesBackAsItWent(Object record) throws IOException {
    assertThat(roundTrip(record)).usingRecursiveComparison().isEqualTo(record);
  }

  static Object[] records() {
    byte[] bytes = "{\"a\":\"ü€😀\"}".getBytes(UTF_8);
    EventRecord event = new EventRecord("acme", "id\nü", Long.MIN_VALUE, "events/0/1", bytes);
    DeadLetterRecord ofNobody =
        new DeadLetterRecord(
            DeadLetterClass.MALFORMED, "reason", "events/0/1", /* customer= */ null, bytes);
    return new Object[] {
      event,
      new EventRecord(),
      new AlertRecord("id", "acme", "rule", "live", bytes),
      new AlertRecord(),
      new DeadLetterRecord(DeadLetterClass.LATE, "reason", "events/0/1", "acme", new byte[0]),
      ofNobody,
      DecodedRecord.of(event, /* timeStated= */ true),
      DecodedRecord.of(ofNobody),
      letterWithAll(bytes),
      eventWithAll(bytes),
      EventToIndex.of(eventWithAll(bytes)),
      EventToIndex.again(letterWithAll(bytes), DecodedRecord.of(ofNobody)),
      IndexRecord.of(bytes),
      IndexRecord.again(letterWithAll(bytes)),
      new StatusRecord("blue/rule", bytes),
      StatusRecord.gone("blue/rule"),
      new CustomerCounts("acme", 17, new Counts()),
      new KeptCounts(),
      ControlUpdate.ofRules("v1", bytes).at(7),
      ControlUpdate.ofFlags("{}").at(Long.MAX_VALUE),
      new ControlUpdate()
    };
  }

  private static DeadLetterRecord letterWithAll(byte[] bytes) {
    DeadLetterRecord letter =
        DeadLetterRecord.about(eventWithAll(bytes), DeadLetterClass.RULE_ERROR, "reason")
            .withCommand(LetterCommand.PARK)
            .atAttempt(2);
    letter.ruleId = "rule";
    letter.originalBytes = 7;
    letter.engine = "blue";
    return letter;
  }

  private static EventRecord eventWithAll(byte[] bytes) {
    EventRecord event = new EventRecord("acme", "id", 0, "events/0/1", bytes);
    event.transport =
        new Transport(
            bytes, 17, new RecordHeaders(List.of(new RecordHeaders.Header("tenant", bytes))));
    event.retry = new Retry(new DeadLetterRecord());
    event.late = true;
    return event;
  }

  private static <T> T roundTrip(T record) throws IOException {
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) record.getClass();
    ExecutionConfig config = new ExecutionConfig();
    config.configure(
        new Configuration().set(PipelineOptions.GENERIC_TYPES, false),
        WireTypesTest.class.getClassLoader());
    TypeSerializer<T> serializer =
        TypeInformation.of(type).createSerializer(config.getSerializerConfig());
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(record, out);
    return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
  }
}
