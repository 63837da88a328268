package dev.lockstep.statistics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerStatisticsJsonTest {

  private static final Instant FROM = Instant.parse("2026-01-01T10:00:00Z");
  private static final Instant TO = Instant.parse("2026-01-01T11:00:00Z");
  private static final Instant UPDATED = Instant.parse("2026-01-01T11:20:00.500Z");

  @Test
  void theFormIsAContractWithReaders() {
    assertThat(new String(CustomerStatisticsJson.write(statistics()), UTF_8))
        .isEqualTo(
            "{\"engine\":\"blue\",\"customer\":\"a/b\",\"from\":\"2026-01-01T10:00:00Z\","
                + "\"to\":\"2026-01-01T11:00:00Z\",\"complete\":true,"
                + "\"updated_at\":\"2026-01-01T11:20:00.500Z\","
                + "\"events\":{\"in\":10,\"gated\":1,\"judged\":9},"
                + "\"alerts\":{\"live\":2,\"shadow\":7,\"off\":0},"
                + "\"rules\":[{\"rule\":\"r1\",\"matches\":3,\"live\":2,\"shadow\":0,\"off\":0,"
                + "\"cost_nanos\":640}],"
                + "\"others\":{\"matches\":0,\"live\":0,\"shadow\":7,\"off\":0,\"cost_nanos\":0},"
                + "\"dead_letters\":{\"LATE\":1},\"bundles\":{\"b1\":9},\"flags\":{\"f1\":9},"
                + "\"latency_millis\":{\"500\":8,\"slower\":1}}");
  }

  @Test
  void whatIsWrittenIsRead() {
    assertThat(CustomerStatisticsJson.read(CustomerStatisticsJson.write(statistics())))
        .contains(statistics());
  }

  @Test
  void membersOfLaterVersionsArePassedOver() {
    String json =
        "{\"new\":{\"a\":[1]},\"engine\":\"blue\",\"customer\":\"a/b\",\"from\":\"2026-01-01T10:00:00Z\","
            + "\"to\":\"2026-01-01T11:00:00Z\",\"updated_at\":\"2026-01-01T11:20:00.500Z\","
            + "\"rules\":[{\"matches\":3,\"new\":[{}],\"rule\":\"r1\"}]}";

    CustomerStatistics read = CustomerStatisticsJson.read(json.getBytes(UTF_8)).orElseThrow();

    assertThat(read.complete()).isFalse();
    assertThat(read.counts().of(Counted.MATCHES, "r1")).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}",
        "{\"engine\":\"blue\"}",
        "{\"from\":\"yesterday\"}",
        "{\"rules\":7}",
        "{\"events\":{\"in\":\"many\"}}",
        "{\"engine\":\"b\",\"customer\":\"c\",\"from\":\"2026-01-01T10:00:00Z\","
            + "\"to\":\"2026-01-01T10:00:00Z\",\"updated_at\":\"2026-01-01T10:00:00Z\"}"
      })
  void whatIsNoneIsNotTakenForSome(String text) {
    assertThat(CustomerStatisticsJson.read(text.getBytes(UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "", "a/b", "statistics", "/", "a/statistics/b"})
  void keysTellEveryCustomerApart(String customer) {
    StatisticsKey key = new StatisticsKey("blue", customer, FROM);

    assertThat(key.toString()).startsWith("blue/statistics/").endsWith("/2026-01-01T10:00:00Z");
    assertThat(StatisticsKey.parse(key.toString())).contains(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blue",
        "",
        "/statistics/acme/2026-01-01T10:00:00Z",
        "blue/statistics/acme",
        "blue/statistics/2026-01-01T10:00:00Z",
        "blue/other/acme/2026-01-01T10:00:00Z",
        "blue/statistics/acme/ten"
      })
  void otherKeysAreNone(String text) {
    assertThat(StatisticsKey.parse(text)).isEmpty();
  }

  private static CustomerStatistics statistics() {
    Counts counts = new Counts();
    counts.add(Counted.EVENTS, EventFate.IN.label(), 10);
    counts.add(Counted.EVENTS, EventFate.GATED.label(), 1);
    counts.add(Counted.EVENTS, EventFate.JUDGED.label(), 9);
    counts.add(Counted.MATCHES, "r1", 3);
    counts.add(Counted.LIVE, "r1", 2);
    counts.add(Counted.SHADOW, Counts.OTHERS, 7);
    counts.add(Counted.COST_NANOS, "r1", 640);
    counts.add(Counted.DEAD_LETTERS, "LATE", 1);
    counts.add(Counted.BUNDLES, "b1", 9);
    counts.add(Counted.FLAGS, "f1", 9);
    counts.add(Counted.LATENCY, Latency.label(300), 8);
    counts.add(Counted.LATENCY, Latency.label(6_000_000), 1);
    return new CustomerStatistics("blue", "a/b", FROM, TO, true, UPDATED, counts);
  }
}
