package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.cli.BacktestResult.Change;
import dev.lockstep.cli.BacktestResult.Cost;
import dev.lockstep.statistics.Counted;
import dev.lockstep.statistics.Counts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BacktestResultTest {

  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final String HOSTILE = "Second\u001b[2J";
  private static final Map<String, String> TITLES = Map.of("r1", "First", "r2", HOSTILE);

  @Test
  void tellsAlertsApartByTheirIdsWhoeverSentThem() {
    BacktestResult result = result();

    assertThat(result.changes())
        .containsExactly(
            new Change("acme", "r1", "First", 2, 1, 1, 1),
            new Change("acme", "r2", HOSTILE, 0, 0, 1, 0),
            new Change("globex", "r1", "First", 1, 1, 0, 0));
    assertThat(result.newIds()).containsExactlyInAnyOrder("c", "d");
    assertThat(result.same()).isEqualTo(2);
    assertThat(result.gone()).isEqualTo(1);
    assertThat(result.otherAlerts()).isEqualTo(2);
    assertThat(result.otherRules()).isEqualTo(1);
    assertThat(result.costs())
        .containsExactly(new Cost("r2", 300, 0.75), new Cost("r1", 100, 0.25));
  }

  @Test
  void peopleSeeWhatChangesForWhom() {
    StringWriter text = new StringWriter();
    new BacktestText(new PrintWriter(text), new Colours(false)).print(outcome());

    assertThat(text.toString())
        .isEqualTo(
            """
            content    candidate, 2 rules, version 0123456789ab…
            period     2026-01-01T00:00:00Z to 2026-01-02T00:00:00Z, windows from 15 min before
            events     1,234,567 judged in 2.5 s

            acme                                                    raised      same       new      gone
              First                                                      2         1         1         1
              Second\\u{1b}[2J                                            0         0         1         0

            globex                                                  raised      same       new      gone
              First                                                      1         1         0         0

            cost of judging                                          share
              r2                                                    75.0 %
              r1                                                    25.0 %

            ✗ r2 failed on 3 events
              such as: rule r2 failed: no
            not compared: 2 alerts of 1 rule that the content does not have
            2 alerts would be new, 1 gone, 2 the same
            """);
  }

  @Test
  void programsFindTheSame() throws Exception {
    StringWriter text = new StringWriter();
    BacktestJson.print(new PrintWriter(text), outcome());

    JsonNode json = new ObjectMapper().readTree(text.toString());
    assertThat(json.path("events").asLong()).isEqualTo(1_234_567);
    assertThat(json.path("new").asInt()).isEqualTo(2);
    assertThat(json.path("gone").asInt()).isEqualTo(1);
    assertThat(json.path("same").asInt()).isEqualTo(2);
    assertThat(json.path("warmUpMillis").asLong()).isEqualTo(900_000);
    assertThat(json.path("changes").get(0).toString())
        .isEqualTo(
            "{\"customer\":\"acme\",\"rule\":\"r1\",\"title\":\"First\",\"raised\":2,\"same\":1,"
                + "\"new\":1,\"gone\":1}");
    assertThat(json.path("notCompared").path("alerts").asInt()).isEqualTo(2);
    assertThat(json.path("costs").get(0).path("share").asDouble()).isEqualTo(0.75);
    assertThat(json.path("faults").path("r2").asInt()).isEqualTo(3);
  }

  private static BacktestResult result() {
    Counts counts = new Counts();
    counts.add(Counted.COST_NANOS, "r1", 100);
    counts.add(Counted.COST_NANOS, "r2", 300);
    return BacktestResult.of(
        TITLES,
        List.of(
            alert("a", "acme", "r1"),
            alert("c", "acme", "r1"),
            alert("d", "acme", "r2"),
            alert("e", "globex", "r1")),
        List.of(
            alert("a", "acme", "r1"),
            alert("a", "acme", "r1"),
            alert("b", "acme", "r1"),
            alert("e", "globex", "r1"),
            alert("x", "acme", "other"),
            alert("y", "globex", "other")),
        counts);
  }

  private static BacktestOutcome outcome() {
    return new BacktestOutcome(
        "candidate",
        2,
        "0123456789abcdef",
        FROM,
        FROM.plus(Duration.ofDays(1)),
        Duration.ofMinutes(15),
        1_234_567,
        Duration.ofMillis(2_500),
        new TreeMap<>(Map.of("r2", 3L)),
        "rule r2 failed: no",
        result());
  }

  private static BacktestAlert alert(String id, String customer, String rule) {
    return new BacktestAlert(id, customer, rule, rule, FROM);
  }
}
