package dev.lockstep.job.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.wire.EventRecord;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StripesTest {

  private final Stripes stripes = new Stripes(Map.of("giant", 8));

  @Test
  void spreadsABigCustomerOverItsStripes() {
    Map<String, Long> events =
        IntStream.range(0, 8000)
            .mapToObj(i -> stripes.getKey(event("giant", "event-" + i)))
            .collect(Collectors.groupingBy(key -> key, Collectors.counting()));
    assertThat(events).hasSize(8);
    assertThat(events.values()).allSatisfy(count -> assertThat(count).isBetween(500L, 1500L));
    assertThat(events.keySet()).allSatisfy(key -> assertThat(key).endsWith("/giant"));
  }

  @Test
  void keepsAnyOtherCustomerAtOneKey() {
    assertThat(
            IntStream.range(0, 1000)
                .mapToObj(i -> stripes.getKey(event("acme", "event-" + i)))
                .distinct())
        .containsExactly("0/acme");
  }

  @Test
  void findsTheSameEventAtTheSameKeyInEveryEngine() {
    EventRecord replayed = event("giant", "event-7");
    replayed.origin = "elsewhere/1/2";
    assertThat(new Stripes(Map.of("giant", 8)).getKey(replayed))
        .isEqualTo(stripes.getKey(event("giant", "event-7")))
        .as("a key is a contract with every savepoint")
        .isEqualTo("4/giant");
  }

  @Test
  void takesAnIdWhoseHashIsNegative() {
    assertThat("polygenelubricants".hashCode()).isEqualTo(Integer.MIN_VALUE);
    assertThat(new Stripes(Map.of("giant", 7)).getKey(event("giant", "polygenelubricants")))
        .isEqualTo("5/giant");
  }

  @Test
  void neverSharesAKeyBetweenCustomers() {
    Stripes nested = new Stripes(Map.of("b", 3));
    assertThat(nested.getKey(event("0/b", "x"))).isEqualTo("0/0/b");
    assertThat(nested.getKey(event("b", "x"))).matches("[0-2]/b");
  }

  private static EventRecord event(String customer, String id) {
    return new EventRecord(customer, id, 0, "events/0/1", new byte[0]);
  }
}
