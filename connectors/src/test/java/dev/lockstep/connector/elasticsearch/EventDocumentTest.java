package dev.lockstep.connector.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.connector.wire.RecordHeaders;
import dev.lockstep.connector.wire.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventDocumentTest {

  private static final Path FOLDER =
      Path.of("src/test/resources/dev/lockstep/connector/elasticsearch/events");
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Instant TIME = Instant.parse("2026-01-31T23:59:59.5Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Path> events() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> !file.toString().endsWith(".document.json")).sorted().toList();
    }
  }

  /** Each event of the case folder has the document that lies beside it. */
  @ParameterizedTest
  @MethodSource("events")
  void writesAnEventInEcsNames(Path file) throws IOException {
    EventDocument document = EventDocument.of(event(Files.readString(file).strip()), WEEK);

    Path expected = Path.of(file.toString().replaceAll("json$", "document.json"));
    assertThat(JSON.readTree(document.json()).toPrettyString())
        .isEqualTo(Files.readString(expected).strip());
    assertThat(StrictJson.isObject(document.json())).isTrue();
  }

  @Test
  void keepsTheEventByteByByte() {
    String json = "{\"a\" : 1.10,  \"b\":12345678901234567890123}";
    assertThat(EventDocument.of(event(json), WEEK).json()).contains("\"event\":" + json);
  }

  @Test
  void isTheSameForTheSameRecordAndAnotherForAnother() {
    EventDocument first = EventDocument.of(event("{}"), WEEK);
    assertThat(EventDocument.of(event("{}"), WEEK)).isEqualTo(first);
    assertThat(first.id()).matches("[0-9a-f]{32}");

    EventRecord otherId = event("{}");
    otherId.id = "event-2";
    EventRecord otherCustomer = event("{}");
    otherCustomer.customer = "globex";
    assertThat(
            Stream.of(event("{}"), otherId, otherCustomer)
                .map(each -> EventDocument.of(each, WEEK).id()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "acme, 2026-01-31T23:59:59Z, lockstep-events-acme-2026.01.31",
    "acme, 2026-02-01T00:00:00Z, lockstep-events-acme-2026.02.01",
    "acme, 2026-01-25T00:00:00Z, lockstep-events-acme-2026.01.25",
    "acme, 2026-01-24T00:00:00Z, lockstep-events-acme-2026.02.01",
    "acme, 2020-01-01T00:00:00Z, lockstep-events-acme-2026.02.01",
    "acme, 2026-12-01T00:00:00Z, lockstep-events-acme-2026.02.01",
    "Acme Inc, 2026-02-01T00:00:00Z,"
        + " lockstep-events-acme_inc-42cf7a26a3123b9e6ad1b2b2fea465bd-2026.02.01"
  })
  void liesInTheIndexOfItsCustomerAndDay(String customer, Instant time, String index) {
    EventRecord event = event("{}");
    event.customer = customer;
    event.occurredAtMillis = time.toEpochMilli();
    event.transport =
        new Transport(
            null, Instant.parse("2026-02-01T00:00:00Z").toEpochMilli(), RecordHeaders.NONE);

    assertThat(EventDocument.of(event, WEEK).index()).isEqualTo(index);
  }

  @Test
  void goesByTheTimeThatIsStatedWhereNobodyKnowsWhenItWasRecorded() {
    EventRecord event = event("{}");
    event.occurredAtMillis = 0;
    event.transport = null;

    EventDocument document = EventDocument.of(event, WEEK);
    assertThat(document.index()).isEqualTo("lockstep-events-acme-1970.01.01");
    assertThat(document.json()).doesNotContain("created");
  }

  private static EventRecord event(String json) {
    EventRecord event =
        new EventRecord("acme", "event-1", TIME.toEpochMilli(), "events/0/7", json.getBytes(UTF_8));
    event.transport = new Transport(null, TIME.plusSeconds(2).toEpochMilli(), RecordHeaders.NONE);
    return event;
  }
}
