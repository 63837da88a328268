package dev.lockstep.parity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.parity.SummaryRecord.RuleCounts;
import dev.lockstep.parity.VerdictRecord.Control;
import dev.lockstep.parity.VerdictRecord.Copy;
import dev.lockstep.parity.VerdictRecord.Declared;
import dev.lockstep.parity.VerdictRecord.FieldDifference;
import dev.lockstep.parity.VerdictRecord.Pair;
import dev.lockstep.parity.VerdictRecord.Rule;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParityJsonTest {

  private static final Instant TIME = Instant.parse("2026-01-01T10:20:30.456Z");

  @Test
  void readsTheVerdictThatItWrote() {
    VerdictRecord verdict =
        new VerdictRecord(
            Verdict.DIFFERS,
            "acme",
            "0123456789abcdef0123456789abcdef",
            new Rule("rule-1", "Title \"quoted\"", "high"),
            TIME,
            List.of(
                new Copy("blue", "live", "b1", "f1", Map.of("blue", "live", "green", "shadow")),
                new Copy("green", "shadow", "b2", "f1", Map.of())),
            List.of(
                new FieldDifference(
                    "rule.level",
                    Map.of("blue", "high", "green", "low"),
                    new Declared("ann", "levels are new", LocalDate.of(2026, 2, 1), true)),
                new FieldDifference("rule.status", Map.of("green", "test"), null)),
            new Pair("fedc", TIME.plusSeconds(3), "same group"),
            new Control("blue2", Noise.DIFFERS, List.of("rule.level")),
            true,
            Verdict.ONLY_LIVE,
            "green's copy came late");

    assertThat(ParityJson.read(ParityJson.write(verdict))).isEqualTo(verdict);
  }

  @Test
  void leavesOutWhatAVerdictDoesNotHave() {
    VerdictRecord verdict =
        new VerdictRecord(
            Verdict.ONLY_SHADOW,
            "acme",
            "id",
            new Rule("rule-1", "Title", null),
            TIME,
            List.of(new Copy("green", "shadow", "b2", "f1", Map.of())),
            List.of(),
            null,
            null,
            false,
            null,
            null);

    byte[] json = ParityJson.write(verdict);

    assertThat(new String(json, UTF_8))
        .isEqualTo(
            "{\"kind\":\"verdict\",\"verdict\":\"ONLY_SHADOW\",\"customer\":\"acme\","
                + "\"alert_id\":\"id\",\"occurred_at\":\"2026-01-01T10:20:30.456Z\","
                + "\"rule\":{\"id\":\"rule-1\",\"title\":\"Title\"},\"copies\":[{\"engine\":"
                + "\"green\",\"lane\":\"shadow\",\"bundle\":\"b2\",\"flags\":\"f1\",\"lanes\":{}}],"
                + "\"differences\":[]}");
    assertThat(ParityJson.read(json)).isEqualTo(verdict);
  }

  @Test
  void readsTheSummaryThatItWrote() {
    SummaryRecord summary =
        new SummaryRecord(
            "acme",
            Instant.parse("2026-01-01T10:00:00Z"),
            1767262830456L,
            7,
            List.of("blue", "green", "blue2"),
            Map.of(Verdict.MATCHED, 12L, Verdict.DIFFERS, 2L),
            Map.of(Verdict.DIFFERS, 1L),
            Map.of("blue", Map.of(Verdict.MATCHED, 11L), "green", Map.of(Verdict.MATCHED, 1L)),
            Map.of(
                "rule-1",
                new RuleCounts("Title", "high", Map.of(Verdict.MATCHED, 12L, Verdict.DIFFERS, 2L))),
            Map.of("rule.level", 2L),
            1,
            Map.of(Noise.MATCHED, 13L, Noise.DIFFERS, 1L),
            Map.of("rule.level", 1L));

    assertThat(ParityJson.read(ParityJson.write(summary))).isEqualTo(summary);
    assertThat(summary.judged()).isEqualTo(14);
  }

  @Test
  void passesOverMembersOfLaterVersions() {
    byte[] json =
        ("{\"kind\":\"summary\",\"customer\":\"acme\",\"hour\":\"2026-01-01T10:00:00Z\",\"part\":1,"
                + "\"sequence\":2,\"new\":{\"a\":[1,null,{}]},\"verdicts\":{\"MATCHED\":3},"
                + "\"expired\":0}")
            .getBytes(UTF_8);

    assertThat(((SummaryRecord) ParityJson.read(json)).judged()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing | Unrecognized token 'nothing'",
        "[] | it must be a JSON object",
        "{} | kind is missing",
        "{\"kind\":\"other\"} | kind must be verdict or summary, was 'other'",
        "{\"kind\":\"verdict\"} | rule is missing",
        "{\"kind\":\"summary\",\"customer\":\"a\"} | hour is missing",
      })
  void saysWhyItIsNoRecord(String json, String reason) {
    assertThatThrownBy(() -> ParityJson.read(json.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not a parity record: " + reason);
  }
}
