package dev.lockstep.connector.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.event.EnvelopeLayout;
import dev.lockstep.event.EnvelopePlace;
import dev.lockstep.event.EnvelopeReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordDecoderTest {

  private static final long RECORDED_AT = 1_767_225_600_000L;
  private static final EnvelopeLayout BY_HEADER_ELSE_KEY =
      new EnvelopeLayout(
          List.of(new EnvelopePlace.Header("tenant"), new EnvelopePlace.Key()),
          List.of(),
          List.of(new EnvelopePlace.Field("time")),
          1000);

  private final RecordDecoder decoder = new RecordDecoder(new EnvelopeReader(BY_HEADER_ELSE_KEY));

  @Test
  void readsTheRecordOfALetterAsTheFirstTime() {
    DeadLetterRecord letter =
        letter(DeadLetterClass.RULE_ERROR, "{}", "globex", "acme").atAttempt(2);
    letter.ruleId = "r1";
    EventRecord event = requireNonNull(decoder.again(letter).event);
    assertThat(event.customer).isEqualTo("acme");
    assertThat(event.id).isEqualTo("events/3/42");
    assertThat(event.origin).isEqualTo("events/3/42");
    assertThat(event.occurredAtMillis).isEqualTo(RECORDED_AT);
    assertThat(event.json).asString(UTF_8).isEqualTo("{}");
    Retry retry = requireNonNull(event.retry);
    assertThat(retry.attempt).isEqualTo(2);
    assertThat(retry.ruleId).isEqualTo("r1");
    assertThat(retry.deadLetterClass).isEqualTo("RULE_ERROR");
    assertThat(event.transport).isSameAs(letter.transport);
  }

  @Test
  void takesTheKeyWhereThereIsNoHeader() {
    DecodedRecord decoded =
        decoder.again(letter(DeadLetterClass.NO_CUSTOMER, "{}", "globex", null));
    assertThat(requireNonNull(decoded.event).customer).isEqualTo("globex");
  }

  @Test
  void keepsWhatIsRefusedAgainAsTheSameLetterOneAttemptOn() {
    DeadLetterRecord letter = letter(DeadLetterClass.MALFORMED, "{", "globex", null).atAttempt(1);
    DeadLetterRecord again = requireNonNull(decoder.again(letter).deadLetter);
    assertThat(again.identity()).isEqualTo(letter.identity());
    assertThat(again.attempt).isEqualTo(1);
    assertThat(again.transport).isSameAs(letter.transport);
  }

  @Test
  void makesAnotherLetterOfWhatIsRefusedForAnotherReason() {
    DeadLetterRecord letter = letter(DeadLetterClass.NO_CUSTOMER, "{", "globex", null).atAttempt(1);
    DeadLetterRecord again = requireNonNull(decoder.again(letter).deadLetter);
    assertThat(again.identity()).isEqualTo("events/3/42 MALFORMED");
    assertThat(again.attempt).isZero();
  }

  private static DeadLetterRecord letter(
      DeadLetterClass why, String json, String key, @Nullable String tenant) {
    DeadLetterRecord letter =
        new DeadLetterRecord(why, "because", "events/3/42", "acme", json.getBytes(UTF_8));
    RecordHeaders headers =
        tenant == null
            ? RecordHeaders.NONE
            : new RecordHeaders(
                List.of(new RecordHeaders.Header("tenant", tenant.getBytes(UTF_8))));
    letter.transport = new Transport(key.getBytes(UTF_8), RECORDED_AT, headers);
    return letter;
  }
}
