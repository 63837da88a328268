package dev.lockstep.cli;

import static dev.lockstep.cli.StatusRecords.NEW;
import static dev.lockstep.cli.StatusRecords.OLD;
import static dev.lockstep.cli.StatusRecords.PART;
import static dev.lockstep.cli.StatusRecords.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** What becomes of status records in both formats. */
final class StatusTextTest {
  private final StatusLedger ledger = new StatusLedger();

  @Test
  void showsTheBundleTheCountsAndTheRulesThatPeopleShouldLookAt() {
    ledger.engine(bytes("blue"), StatusRecords.refusing(NEW));
    ledger.rule(bytes("blue/ok"), StatusRecords.rule("accepted", ""));
    ledger.rule(bytes("blue/gone"), StatusRecords.rule("expired", ""));
    ledger.rule(
        bytes("blue/bad"),
        StatusRecords.rule(
            "rejected",
            ",\"issues\":[\"a.yml:1:2: no\",\"a.yml:3:4: x\\u001b[2J\"],\"issues_omitted\":7,"
                + "\"previous_in_force\":true"));
    ledger.rule(bytes("blue/slow"), StatusRecords.rule("quarantined", ",\"reason\":\"it failed\""));
    ledger.rule(bytes("blue/asked"), StatusRecords.rule("released", ""));

    assertThat(text(/* all= */ false))
        .isEqualTo(
            """
            blue
              bundle     %1$s
                         rules %2$s abc
              published  2026-01-01T00:00:01Z
              delivered  2026-01-01T00:00:02Z
              in force   2026-01-01T00:00:03Z on 4 of 4 subtasks (1,412 ms after publication)
              rules      3,755 in force, 0 uncovered, 0 rejected, 1 quarantined
              refused    %3$s 2026-01-02T00:00:00Z because it would remove 40 %% of the rules
              updated    2026-01-01T00:00:09Z

              quarantined  2026-01-01T00:00:00Z  slow
                  it failed
              rejected     2026-01-01T00:00:00Z  bad  (an earlier version is in force)
                  a.yml:1:2: no
                  a.yml:3:4: x\\u{1b}[2J
                  and 7 more issues
              released     2026-01-01T00:00:00Z  asked  (in force again as soon as the engine runs)

            """
                .formatted(OLD, PART, NEW));
    assertThat(text(/* all= */ true)).contains("accepted     2026-01-01T00:00:00Z  ok\n", "gone");
  }

  @Test
  void showsWhatIsThereOfRecordsThatLackMembers() {
    ledger.engine(bytes("blue"), bytes("{\"bundle\":{\"in_force_subtasks\":1,\"subtasks\":4}}"));
    ledger.engine(bytes("green"), bytes("{\"bundle\":7,\"rules\":[],\"updated_at\":3}"));
    ledger.rule(bytes("red/r"), bytes("{\"status\":\"capped\"}"));
    ledger.rule(bytes("red/s"), bytes("{}"));

    assertThat(text(/* all= */ false))
        .isEqualTo(
            """
            blue
              bundle     (no version)
              in force   on 1 of 4 subtasks so far

            green
              bundle     unknown: the engine says nothing of itself

            red
              bundle     unknown: the engine says nothing of itself

              capped       -                     r
              unknown      -                     s

            """);
  }

  @Test
  void aRecordWithoutAValueTakesTheStatusAway() {
    ledger.engine(bytes("blue"), StatusRecords.engine(OLD, 4, 0));
    ledger.rule(bytes("blue/r"), StatusRecords.rule("rejected", ""));
    ledger.engine(bytes("blue"), null);
    ledger.rule(bytes("blue/r"), null);

    assertThat(text(/* all= */ true)).isEqualTo("No engine has a status.\n");
    assertThat(ledger.unreadable()).isEmpty();
  }

  @Test
  void recordsThatAreNoneAreToldAndPassedOver() {
    ledger.engine(bytes("blue"), bytes("{\"engine\":"));
    ledger.engine(null, bytes("{}"));
    ledger.rule(bytes("no slash"), bytes("{}"));
    ledger.rule(bytes("blue/r"), bytes("[]"));
    ledger.rule(bytes("blue/s"), bytes("{\"n\":123456789012345678901234567890}"));

    assertThat(ledger.engines(null)).isEmpty();
    assertThat(ledger.unreadable())
        .containsExactly(
            "engine-status of 'blue'",
            "engine-status of ''",
            "rule-status of 'no slash'",
            "rule-status of 'blue/r'",
            "rule-status of 'blue/s'");
  }

  @Test
  void jsonLeavesOutWhatIsNotKnown() throws IOException {
    ledger.engine(bytes("blue"), StatusRecords.engine(NEW, 3, 1));
    ledger.rule(bytes("blue/bad"), StatusRecords.rule("rejected", ",\"issues\":[\"no\"]"));
    ledger.rule(bytes("blue/ok"), StatusRecords.rule("accepted", ""));

    JsonNode blue = json().path("engines").path(0);
    assertThat(blue.path("bundle").path("version").asText()).isEqualTo(NEW);
    assertThat(blue.path("bundle").path("parts").path(0).path("name").asText()).isEqualTo("rules");
    assertThat(blue.path("bundle").path("inForceSubtasks").asInt()).isEqualTo(3);
    assertThat(blue.path("bundle").has("inForceAt")).isFalse();
    assertThat(blue.path("counts").path("rejected").asInt()).isEqualTo(1);
    assertThat(blue.has("refused")).isFalse();
    assertThat(blue.path("rules")).hasSize(1);
    assertThat(blue.path("rules").path(0).path("issues").path(0).asText()).isEqualTo("no");
    assertThat(blue.path("rules").path(0).has("reason")).isFalse();
  }

  private String text(boolean all) {
    StringWriter text = new StringWriter();
    new StatusText(new PrintWriter(text), new Colours(/* shown= */ false))
        .print(ledger.engines(null), ledger, all);
    return text.toString();
  }

  private JsonNode json() throws IOException {
    StringWriter text = new StringWriter();
    StatusJson.print(
        new PrintWriter(text), ledger.engines(null), ledger, /* all= */ false, /* end= */ null);
    return new ObjectMapper().readTree(text.toString());
  }
}
