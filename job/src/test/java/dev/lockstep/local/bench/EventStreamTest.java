package dev.lockstep.local.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventStreamTest {

  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final EventMix MIX =
      new EventMix(List.of("{\"bad\":1}"), List.of("{\"good\":1}", "{\"good\":2}"), 0.25);
  private static final Pattern CUSTOMER = Pattern.compile("\"customer\":\"([^\"]+)\"");

  @Test
  void givesEachEventItsIdCustomerAndTime() {
    String event = event(new EventStream(1, MIX, 1, 0), 7);
    assertThat(event)
        .startsWith(
            "{\"event_id\":\"7\",\"customer\":\"customer-0\",\"@timestamp\":\"2026-01-01T00:00:00Z\",\"");
    assertThat(event).endsWith("}");
  }

  @Test
  void hasTheSameEventsForTheSameSeedInAnyOrder() {
    EventStream first = new EventStream(3, MIX, 10, 0.5);
    EventStream again = new EventStream(3, MIX, 10, 0.5);
    for (int i = 99; i >= 0; i--) {
      assertThat(event(again, i)).isEqualTo(event(first, i));
    }
    assertThat(events(new EventStream(4, MIX, 10, 0.5), 100)).isNotEqualTo(events(first, 100));
  }

  @Test
  void hasAsManyMatchesAsTheMixSays() {
    long bad =
        events(new EventStream(1, MIX, 10, 0), 10_000).stream()
            .filter(event -> event.contains("bad"))
            .count();
    assertThat(bad / 10_000.0).isCloseTo(0.25, within(0.02));
  }

  @Test
  void givesTheBiggestCustomerItsShareAndTheOthersTheRest() {
    Map<String, Integer> counts = customers(new EventStream(1, MIX, 10, 0.9));
    assertThat(counts).hasSize(10);
    assertThat(counts.getOrDefault("customer-0", 0) / 10_000.0).isCloseTo(0.9, within(0.02));
    assertThat(counts.getOrDefault("customer-9", 0) / 10_000.0).isCloseTo(0.1 / 9, within(0.005));
  }

  @Test
  void spreadsEventsEvenlyWithoutSkew() {
    assertThat(customers(new EventStream(1, MIX, 10, 0)).values())
        .hasSize(10)
        .allSatisfy(count -> assertThat(count / 10_000.0).isCloseTo(0.1, within(0.02)));
  }

  @Test
  void sendsAProbeForTheCustomerWhoseEventItWouldHaveBeen() {
    EventStream stream = new EventStream(1, MIX, 10, 0);
    String probe = new String(stream.probe(5, TIME), UTF_8);
    assertThat(customer(probe)).isEqualTo(customer(event(stream, 5)));
    assertThat(probe).contains("\"event_id\":\"5\"").contains("\"lockstep_bench\":\"probe\"");
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> new EventStream(1, MIX, 0, 0))
        .hasMessage("customers must be at least 1, was 0");
    assertThatThrownBy(() -> new EventStream(1, MIX, 1, 0.5))
        .hasMessage("skew needs more customers than one");
    assertThatThrownBy(() -> new EventMix(List.of(), List.of("{}"), 0.5))
        .hasMessage("no event matches any rule, and some should");
    assertThatThrownBy(() -> new EventMix(List.of("{}"), List.of(), 0.5))
        .hasMessage("each event matches some rule, and some should not");
  }

  @Test
  void namesTheLineThatIsNoEvent() {
    assertThat(EventMix.checked("f", List.of("{\"a\":1}", "", " {\"b\":2} ")))
        .containsExactly("{\"a\":1}", "{\"b\":2}");
    assertThatThrownBy(() -> EventMix.checked("f", List.of("{\"a\":1}", "nothing")))
        .hasMessageStartingWith("f:2: must be one JSON object");
    assertThatThrownBy(() -> EventMix.checked("f", List.of("{\"event_id\":\"1\"}")))
        .hasMessageStartingWith("f:1: must have no event_id");
    assertThatThrownBy(() -> EventMix.checked("f", List.of(""))).hasMessage("f has no events");
  }

  private static Map<String, Integer> customers(EventStream stream) {
    Map<String, Integer> counts = new HashMap<>();
    events(stream, 10_000).forEach(event -> counts.merge(customer(event), 1, Integer::sum));
    return counts;
  }

  private static String customer(String event) {
    Matcher matcher = CUSTOMER.matcher(event);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static List<String> events(EventStream stream, int count) {
    return IntStream.range(0, count).mapToObj(i -> event(stream, i)).toList();
  }

  private static String event(EventStream stream, int number) {
    return new String(stream.event(number, TIME), UTF_8);
  }
}
