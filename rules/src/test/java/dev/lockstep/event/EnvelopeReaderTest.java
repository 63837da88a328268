package dev.lockstep.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.event.Envelope.Accepted;
import dev.lockstep.event.Envelope.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeReaderTest {

  private static final Instant RECORDED = Instant.parse("2026-01-01T12:00:00Z");

  private final EnvelopeReader reader =
      new EnvelopeReader(
          new EnvelopeLayout(
              List.of(new EnvelopePlace.Field("customer"), new EnvelopePlace.Key()),
              List.of(new EnvelopePlace.Field("event_id"), new EnvelopePlace.Header("id")),
              List.of(new EnvelopePlace.Field("@timestamp"), new EnvelopePlace.Field("a.time")),
              200));

  @Test
  void takesCustomerIdAndTimeFromTheEvent() {
    assertThat(
            read("{\"customer\":\"acme\",\"event_id\":7,\"@timestamp\":\"2026-01-01T00:00:00Z\"}"))
        .isEqualTo(new Accepted("acme", "7", Instant.parse("2026-01-01T00:00:00Z"), true));
  }

  @Test
  void fallsBackToKeyOriginAndRecordTime() {
    assertThat(reader.read(new FakeRecord("{}".getBytes(UTF_8), "globex", Map.of())))
        .isEqualTo(new Accepted("globex", "events/0/42", RECORDED, false));
  }

  @Test
  void takesTheIdFromAHeader() {
    assertThat(reader.read(new FakeRecord("{}".getBytes(UTF_8), "globex", Map.of("id", "h"))))
        .isEqualTo(new Accepted("globex", "h", RECORDED, false));
  }

  @Test
  void findsNestedPathsAndPrefersTheExactName() {
    String nested = "{\"customer\":\"c\",\"a\":{\"time\":\"2026-01-01T01:00:00Z\"}";

    assertThat(occurredAt(nested + "}")).isEqualTo(Instant.parse("2026-01-01T01:00:00Z"));
    assertThat(occurredAt(nested + ",\"a.time\":\"2026-01-01T02:00:00Z\"}"))
        .isEqualTo(Instant.parse("2026-01-01T02:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z",
    "2026-01-01T02:00:00+02:00, 2026-01-01T00:00:00Z",
    "2025-12-31T22:30:00-01:30, 2026-01-01T00:00:00Z",
    "2026-01-01T00:00:00.123456789Z, 2026-01-01T00:00:00.123Z",
    "2026-01-01T00:00:00, 2026-01-01T00:00:00Z",
    "2026-01-01 00:00:00, 2026-01-01T00:00:00Z",
    "1767225600000, 2026-01-01T00:00:00Z",
  })
  void readsTimesAsTheyAreWritten(String written, Instant expected) {
    assertThat(occurredAt("{\"customer\":\"c\",\"@timestamp\":\"" + written + "\"}"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "2015-12-01T00:00:00Z", "2027-01-03T00:00:00Z", "9999-12-31T00:00:00Z"})
  void takesTheRecordTimeWhereTheStatedOneIsYearsAway(String written) {
    assertThat(read("{\"customer\":\"c\",\"@timestamp\":\"" + written + "\"}"))
        .isEqualTo(new Accepted("c", "events/0/42", RECORDED, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "99999999999999999999", "2026-13-01T00:00:00Z", "-", "+1e9"})
  void takesTheRecordTimeWhereTheStatedOneIsNone(String written) {
    assertThat(read("{\"customer\":\"c\",\"@timestamp\":\"" + written + "\"}"))
        .isEqualTo(new Accepted("c", "events/0/42", RECORDED, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "[]", "1", "\"x\"", "null", "{", "{\"a\":}", "{} {}", "{}x"})
  void refusesWhatIsNotOneJsonObject(String value) {
    assertThat(refused(value).deadLetterClass()).isEqualTo(DeadLetterClass.MALFORMED);
    assertThat(refused(value).reason()).startsWith("not one JSON object: ");
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] bytes = "{\"customer\":\"a_\"}".getBytes(UTF_8);
    bytes[14] = (byte) 0xff;

    assertThat(reader.read(new FakeRecord(bytes, null, Map.of())))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.deadLetterClass()).isEqualTo(DeadLetterClass.MALFORMED));
  }

  @Test
  void refusesARecordWithoutAValue() {
    assertThat(reader.read(new FakeRecord(null, "acme", Map.of())))
        .isEqualTo(
            new Refused(
                DeadLetterClass.MALFORMED, "the record has no value; it must be one JSON object"));
  }

  @Test
  void refusesEventsWithoutACustomer() {
    assertThat(refused("{\"customer\":\" \"}"))
        .isEqualTo(
            new Refused(
                DeadLetterClass.NO_CUSTOMER, "none of [field:customer, key] names a customer"));
  }

  @Test
  void boundsTheLengthOfACustomerId() {
    assertThat(read("{\"customer\":\"" + "c".repeat(128) + "\"}")).isInstanceOf(Accepted.class);
    assertThat(refused("{\"customer\":\"" + "c".repeat(129) + "\"}"))
        .isEqualTo(
            new Refused(
                DeadLetterClass.NO_CUSTOMER,
                "the customer id has 129 characters, at most 128 are taken"));
  }

  @Test
  void takesNoObjectForACustomerId() {
    assertThat(refused("{\"customer\":{\"customer\":\"c\"}}").deadLetterClass())
        .isEqualTo(DeadLetterClass.NO_CUSTOMER);
  }

  @Test
  void saysWhereARecordIsNoJsonObject() {
    assertThat(refused("{\"a\":x}").reason())
        .startsWith("not one JSON object: Unrecognized token 'x'")
        .endsWith(" at byte 5");
    assertThat(refused("{\"a\":").reason())
        .startsWith("not one JSON object: Unexpected end-of-input")
        .endsWith(" at byte 5");
    assertThat(refused("{\"a\":" + "1".repeat(190) + "}{").reason()).endsWith(" at byte 197");
  }

  @Test
  void refusesRecordsOverTheLimit() {
    String largest = "{\"customer\":\"c\",\"x\":\"" + "x".repeat(177) + "\"}";
    assertThat(read(largest)).isInstanceOf(Accepted.class);
    assertThat(refused(largest + " ").deadLetterClass()).isEqualTo(DeadLetterClass.TOO_LARGE);

    String large = "{\"customer\":\"" + "x".repeat(200) + "\"}";

    assertThat(refused(large))
        .isEqualTo(
            new Refused(
                DeadLetterClass.TOO_LARGE, "the record has 215 bytes, at most 200 are taken"));
  }

  @Test
  void shortensAnIdThatNoAlertCouldCarryToItsHash() {
    EnvelopeReader roomy =
        new EnvelopeReader(
            new EnvelopeLayout(
                List.of(new EnvelopePlace.Key()),
                List.of(new EnvelopePlace.Field("event_id")),
                List.of(),
                1_000_000));
    Envelope fits = roomy.read(eventWithId("i".repeat(512)));
    Envelope tooLong = roomy.read(eventWithId("i".repeat(600_000)));

    assertThat(((Accepted) fits).id()).isEqualTo("i".repeat(512));
    assertThat(((Accepted) tooLong).id()).matches("sha256:[0-9a-f]{64}");
  }

  @Test
  void refusesDeepNestingWithoutHarm() {
    EnvelopeReader roomy =
        new EnvelopeReader(
            new EnvelopeLayout(List.of(new EnvelopePlace.Key()), List.of(), List.of(), 1_000_000));
    byte[] deep = ("{\"a\":" + "[".repeat(400_000)).getBytes(UTF_8);

    assertThat(roomy.read(new FakeRecord(deep, "acme", Map.of())))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.reason())
                    .startsWith("not one JSON object: Document nesting depth (257)"));
  }

  private static FakeRecord eventWithId(String id) {
    byte[] event = ("{\"event_id\":\"" + id + "\"}").getBytes(UTF_8);
    return new FakeRecord(event, "acme", Map.of());
  }

  private Instant occurredAt(String value) {
    return ((Accepted) read(value)).occurredAt();
  }

  private Refused refused(String value) {
    return (Refused) read(value);
  }

  private Envelope read(String value) {
    return reader.read(new FakeRecord(value.getBytes(UTF_8), null, Map.of()));
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record FakeRecord(
      byte @Nullable [] value, @Nullable String key, Map<String, String> headers)
      implements InboundRecord {

    @Override
    public @Nullable String header(String name) {
      return headers.get(name);
    }

    @Override
    public String origin() {
      return "events/0/42";
    }

    @Override
    public Instant recordedAt() {
      return RECORDED;
    }
  }
}
