package dev.lockstep.cli;

import static dev.lockstep.cli.StatusRecords.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.cli.CompareCommand.Compared;
import dev.lockstep.parity.Verdict;
import dev.lockstep.statistics.Counted;
import dev.lockstep.statistics.Counts;
import dev.lockstep.statistics.CustomerStatistics;
import dev.lockstep.statistics.CustomerStatisticsJson;
import dev.lockstep.statistics.Latency;
import dev.lockstep.statistics.comparison.EngineComparison;
import dev.lockstep.statistics.comparison.EngineReport;
import dev.lockstep.statistics.comparison.ParityCounts;
import dev.lockstep.statistics.comparison.Question;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** From the records of a topic to what people and programs are told. */
class CompareTextTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:20:00Z");
  private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final StatusLedger ledger = new StatusLedger(key -> true);

  @Test
  void showsBothEnginesSideBySideAndMarksWhatDiffers() {
    bothRun();
    period("blue", "acme", 0, 40);
    period("green", "acme", 0, 38);

    assertThat(text(compared(ParityCounts.NONE), /* all= */ false))
        .isEqualTo(
            """
                                                                    blue           green
              bundle                                       0123456789ab…   0123456789ab…
              flags                                                   f1              f1
              event time                                  01-01 12:19:30  01-01 12:19:30
              records behind                                           7               -

            acme  1 period
              events in                                            1,000           1,000
              events gated                                            10              10
              events judged                                          990             990
              matches                                                 41              41
              alerts                                                  40              38  ✗ 2 differ (5.00 %)
              live                                                    40               0  40 differ (100.00 %)
              shadow                                                   0              38  38 differ (100.00 %)
              dead letters LATE                                        3               3
              alerts r1                                               40              38  ✗ 2 differ (5.00 %)
              event to alert, half                                 ≤ 2 s        ≤ 500 ms
              event to alert, 99 %                              > 5000 s        > 5000 s

            parity: no verdicts on these engines and periods
            ✗ blue and green differ: 1 customer is beyond 0 %, from 2026-01-01T10:00:00Z to 2026-01-01T11:00:00Z
            """);
  }

  @Test
  void saysWhatItLeavesOutAndWhatParityFound() {
    bothRun();
    period("blue", "acme", 0, 40);
    period("green", "acme", 0, 40);
    period("blue", "acme", -1, 40);

    assertThat(
            text(
                compared(
                    new ParityCounts(Map.of(Verdict.MATCHED, 38L, Verdict.CONTENT_SKEW, 2L), 0)),
                /* all= */ true))
        .contains(
            "  matches r1                                              41              41\n",
            "parity: MATCHED 38, CONTENT_SKEW 2\n",
            "left out: 1 period, before the first period that both engines keep\n")
        .endsWith(
            "✓ blue and green agree on 1 customer, from 2026-01-01T10:00:00Z to"
                + " 2026-01-01T11:00:00Z\n");
  }

  @Test
  void saysWhyItDoesNotJudge() {
    engine("blue", "0123456789abcdef", "2026-01-01T12:19:55Z");
    period("blue", "acme", 0, 40);

    assertThat(text(compared(ParityCounts.NONE), /* all= */ false))
        .contains("! green has no status: it has never run with this Kafka\n")
        .endsWith("? not judged: comparing them now would not be fair\n");

    engine("green", "0123456789abcdef", "2026-01-01T12:19:55Z");
    assertThat(text(compared(ParityCounts.NONE), /* all= */ false))
        .endsWith("? not judged: there is nothing to compare yet of acme\n");
  }

  @Test
  void programsCanTellThatItIsNotJudgedFromADifference() throws Exception {
    bothRun();
    assertThat(json(compared(ParityCounts.NONE)).path("outcome").asText()).isEqualTo("not_yet");
    period("blue", "acme", 0, 40);
    period("green", "acme", 0, 38);

    JsonNode json = json(compared(new ParityCounts(Map.of(Verdict.ONLY_LIVE, 2L), 0)));

    assertThat(json.path("outcome").asText()).isEqualTo("differ");
    assertThat(json.path("engines").get(0).path("recordsBehind").asLong()).isEqualTo(7);
    assertThat(json.path("engines").get(1).path("watermark").asText())
        .isEqualTo("2026-01-01T12:19:30Z");
    JsonNode rows = json.path("customers").get(0).path("rows");
    assertThat(rows.findValuesAsText("kind")).contains("events_in", "rule_alerts", "dead_letters");
    assertThat(rows.get(4).toString())
        .isEqualTo(
            "{\"kind\":\"alerts\",\"first\":40,\"second\":38,\"difference\":2,\"judged\":true,"
                + "\"differs\":true}");
    assertThat(json.path("customers").get(0).path("firstLatency").toString())
        .isEqualTo("{\"halfMillis\":2000}");
    assertThat(json.path("parity").path("verdicts").path("ONLY_LIVE").asInt()).isEqualTo(2);
    assertThat(json.path("parity").path("differing").asInt()).isEqualTo(2);
  }

  @Test
  void statisticsAreNoEnginesAndAreForgottenWithTheirRecord() {
    StatusLedger ofStatus = new StatusLedger();
    byte[] key = bytes("blue/statistics/acme/2026-01-01T10:00:00Z");
    ofStatus.engine(key, bytes("{}"));
    ofStatus.engine(key, null);
    assertThat(ofStatus.engines(null)).isEmpty();
    assertThat(ofStatus.unreadable()).isEmpty();

    period("blue", "acme", 0, 40);
    assertThat(ledger.statisticsOf("blue")).hasSize(1);
    assertThat(ledger.statisticsOf("green")).isEmpty();
    ledger.engine(key, bytes("no"));
    assertThat(ledger.unreadable())
        .containsExactly("engine-status of 'blue/statistics/acme/2026-01-01T10:00:00Z'");
    period("blue", "acme", 0, 40);
    ledger.engine(key, null);
    assertThat(ledger.statisticsOf("blue")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0,0", "0.5,0.005", "0.5%,0.005", "1 %,0.01", "100,1"})
  void sharesAreGivenInPercent(String text, double share) {
    assertThat(new Share.Converter().convert(text).value()).isEqualTo(share);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "101", "one", "5%%", "1e3"})
  void otherTextsAreNoShares(String text) {
    assertThatThrownBy(() -> new Share.Converter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'" + text + "' is no share from 0% to 100%");
  }

  @Test
  void momentsAreTimesOrHowLongAgo() {
    Moment.Converter converter = new Moment.Converter();
    assertThat(converter.convert("2h").asOf(NOW)).isEqualTo("2026-01-01T10:20:00Z");
    assertThat(converter.convert("2026-01-01T10:00:00Z").asOf(NOW)).isEqualTo(TEN);
    assertThatThrownBy(() -> converter.convert("ten"))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'ten' is neither a time such as");
  }

  private void bothRun() {
    engine("blue", "0123456789abcdef", "2026-01-01T12:19:55Z");
    engine("green", "0123456789abcdef", "2026-01-01T12:19:55Z");
  }

  private void engine(String engine, String bundle, String updatedAt) {
    ledger.engine(
        bytes(engine),
        bytes(
            """
            {"engine":"%s","updated_at":"%s",
             "bundle":{"version":"%s","in_force_at":"2026-01-01T00:00:00Z","in_force_subtasks":2,
                       "subtasks":2},
             "flags":{"version":"f1","in_force_subtasks":2,"subtasks":2},
             "event_time":{"watermark":"2026-01-01T12:19:30Z","behind_millis":1}}
            """
                .formatted(engine, updatedAt, bundle)));
  }

  private void period(String engine, String customer, int hour, long alerts) {
    Counts counts = new Counts();
    counts.add(Counted.EVENTS, "in", 1000);
    counts.add(Counted.EVENTS, "gated", 10);
    counts.add(Counted.EVENTS, "judged", 990);
    counts.add(Counted.MATCHES, "r1", 41);
    counts.add(engine.equals("blue") ? Counted.LIVE : Counted.SHADOW, "r1", alerts);
    counts.add(Counted.DEAD_LETTERS, "LATE", 3);
    counts.add(Counted.LATENCY, Latency.label(engine.equals("blue") ? 1_700 : 300), alerts);
    counts.add(Counted.LATENCY, Latency.label(6_000_000), 1);
    Instant from = TEN.plus(HOUR.multipliedBy(hour));
    CustomerStatistics statistics =
        new CustomerStatistics(engine, customer, from, from.plus(HOUR), true, NOW, counts);
    ledger.engine(bytes(statistics.key().toString()), CustomerStatisticsJson.write(statistics));
  }

  private Compared compared(ParityCounts parity) {
    EngineReport blue = EngineReports.of(ledger, "blue", 7L);
    EngineReport green = EngineReports.of(ledger, "green", null);
    EngineComparison comparison =
        EngineComparison.of(
            blue, green, new Question(Set.of(), null, null, 0, 100, Duration.ofMinutes(10), NOW));
    return new Compared(blue, green, comparison, parity, comparison.outcome(parity, 0));
  }

  private static String text(Compared compared, boolean all) {
    StringWriter text = new StringWriter();
    new CompareText(new PrintWriter(text), new Colours(false)).print(compared, new Share(0), all);
    return text.toString();
  }

  private static JsonNode json(Compared compared) throws Exception {
    StringWriter text = new StringWriter();
    CompareJson.print(new PrintWriter(text), compared, new Share(0));
    return new ObjectMapper().readTree(text.toString());
  }
}
