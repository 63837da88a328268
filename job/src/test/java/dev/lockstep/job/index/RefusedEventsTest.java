package dev.lockstep.job.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.elasticsearch.RejectedDocument;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.connector.wire.EventToIndex;
import dev.lockstep.connector.wire.RecordDecoder;
import dev.lockstep.connector.wire.RecordHeaders;
import dev.lockstep.connector.wire.Transport;
import dev.lockstep.event.EnvelopeLayout;
import dev.lockstep.event.EnvelopePlace;
import dev.lockstep.event.EnvelopeReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusedEventsTest {

  private static final String JSON = "{\"customer\":\"acme\",\"User\":\"root\"}";

  private final RefusedEvents letters = new RefusedEvents();

  @Test
  void holdsTheRecordAsItCame() {
    DeadLetterRecord letter = letters.letter(refused(EventToIndex.of(event())));

    assertThat(letter.deadLetterClass).isEqualTo("EVENT_NOT_INDEXED");
    assertThat(letter.reason).isEqualTo("Elasticsearch answered 400: too long");
    assertThat(letter.origin).isEqualTo("events/0/7");
    assertThat(letter.customer).isEqualTo("acme");
    assertThat(letter.occurredAtMillis).isEqualTo(1_000);
    assertThat(letter.bytes).asString(UTF_8).isEqualTo(JSON);
    assertThat(letter.transport).isNotNull();
    assertThat(letter.attempt).isZero();
  }

  @Test
  void isTheSameEventAtTheNextTryAndTheSameLetterWhenItIsRefusedAgain() {
    DeadLetterRecord first = letters.letter(refused(EventToIndex.of(event())));
    EventToIndex next = EventToIndex.again(first, read(first.atAttempt(1), "field:customer"));
    DeadLetterRecord again = letters.letter(refused(next));

    assertThat(next.obstacle).isNull();
    assertThat(next.event.id).isEqualTo("events/0/7");
    assertThat(again.identity()).isEqualTo(first.identity());
    assertThat(again.attempt).isEqualTo(1);
  }

  @Test
  void namesTheLetterThatIsResolved() {
    DeadLetterRecord letter = letters.letter(refused(EventToIndex.of(event())));
    EventToIndex next = EventToIndex.again(letter, read(letter.atAttempt(1), "field:customer"));
    DeadLetterRecord note = letters.note(next, "acme");

    assertThat(note.command).isEqualTo("resolved");
    assertThat(note.identity()).isEqualTo(letter.identity());
    assertThat(note.bytes).isEmpty();
  }

  @Test
  void staysALetterWhenItsRecordMakesNoEventAnyMore() {
    DeadLetterRecord letter = letters.letter(refused(EventToIndex.of(event()))).atAttempt(2);
    EventToIndex next = EventToIndex.again(letter, read(letter, "header:tenant"));
    DeadLetterRecord again = letters.letter(refused(next));

    assertThat(next.obstacle).startsWith("its record makes no event any more: ");
    assertThat(again.identity()).isEqualTo(letter.identity());
    assertThat(again.attempt).isEqualTo(2);
    assertThat(again.bytes).isEqualTo(letter.bytes);
  }

  @Test
  void resolvesNothingThatWasNeverRefused() {
    assertThatThrownBy(() -> letters.note(EventToIndex.of(event()), "acme"))
        .hasMessage("the event from events/0/7 was never refused");
  }

  private static DecodedRecord read(DeadLetterRecord letter, String customer) {
    return new RecordDecoder(
            new EnvelopeReader(
                new EnvelopeLayout(
                    List.of(EnvelopePlace.parse(customer)), List.of(), List.of(), 1 << 20)))
        .again(letter);
  }

  private static RejectedDocument<EventToIndex> refused(EventToIndex input) {
    return new RejectedDocument<>("index-1", "id-1", "acme", input, 400, "too long");
  }

  private static EventRecord event() {
    EventRecord event =
        new EventRecord("acme", "events/0/7", 1_000, "events/0/7", JSON.getBytes(UTF_8));
    event.transport = new Transport(null, 2_000, RecordHeaders.NONE);
    return event;
  }
}
