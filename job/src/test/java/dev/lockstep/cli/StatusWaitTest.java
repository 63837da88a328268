package dev.lockstep.cli;

import static dev.lockstep.cli.StatusRecords.NEW;
import static dev.lockstep.cli.StatusRecords.OLD;
import static dev.lockstep.cli.StatusRecords.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.cli.StatusWait.End;
import dev.lockstep.cli.StatusWait.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatusWaitTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final StatusLedger ledger = new StatusLedger();

  @Test
  void goesOnUntilTheVersionIsOnAllSubtasks() {
    StatusWait wait = new StatusWait(NEW, null, TIMEOUT);

    assertThat(look(wait, 0)).isEmpty();
    blue(StatusRecords.engine(OLD, 4, 0));
    assertThat(look(wait, 1)).isEmpty();
    assertThat(wait.present(ledger)).isEqualTo("blue has " + OLD + " on 4 of 4 subtasks");
    blue(StatusRecords.engine(NEW, 3, 0));
    assertThat(look(wait, 2)).isEmpty();
    blue(StatusRecords.engine(NEW, 4, 0));
    assertThat(look(wait, 3))
        .contains(
            new End(Outcome.IN_FORCE, NEW + " is in force on all subtasks of blue", List.of()));
  }

  @Test
  void aPartOrWhatAVersionBeginsWithIsEnough() {
    blue(StatusRecords.engine(OLD, 4, 0));

    assertThat(outcome(OLD.substring(0, 8))).isEqualTo(Outcome.IN_FORCE);
    assertThat(outcome(StatusRecords.PART)).isEqualTo(Outcome.IN_FORCE);
    assertThat(outcome(StatusRecords.PART.substring(0, 9))).isEqualTo(Outcome.IN_FORCE);
  }

  @Test
  void waitsForEveryEngineUnlessOneIsNamed() {
    blue(StatusRecords.engine(NEW, 4, 0));
    ledger.engine(bytes("green"), StatusRecords.engine(OLD, 4, 0));

    assertThat(look(new StatusWait(NEW, null, TIMEOUT), 1)).isEmpty();
    assertThat(look(new StatusWait(NEW, "green", TIMEOUT), 1)).isEmpty();
    assertThat(look(new StatusWait(NEW, "blue", TIMEOUT), 1)).isPresent();
    assertThat(look(new StatusWait(NEW, "red", TIMEOUT), 1)).isEmpty();
  }

  @Test
  void aDeliveryThatWasRefusedEndsItAtOnce() {
    blue(StatusRecords.refusing(NEW));

    End end = look(new StatusWait(NEW, null, TIMEOUT), 0).orElseThrow();
    assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(end.why()).isEqualTo("blue refuses " + NEW + ": it would remove 40 % of the rules");
    assertThat(look(new StatusWait("1111111111111111", null, TIMEOUT), 0)).isEmpty();
  }

  @Test
  void aPartThatIsInForceCountsThoughALaterDeliveryWithItWasRefused() {
    blue(StatusRecords.refusing(NEW));

    assertThat(outcome(StatusRecords.PART)).isEqualTo(Outcome.IN_FORCE);
  }

  @Test
  void rejectedRulesAreNamedWhenTheirStatusIsThere() {
    StatusWait wait = new StatusWait(NEW, null, TIMEOUT);
    blue(StatusRecords.engine(NEW, 4, 1));

    assertThat(look(wait, 10)).isEmpty();
    ledger.rule(bytes("blue/r2"), StatusRecords.rule("quarantined", ""));
    ledger.rule(bytes("blue/r1"), StatusRecords.rule("rejected", ""));
    End end = look(wait, 11).orElseThrow();

    assertThat(end.outcome()).isEqualTo(Outcome.REJECTED_RULES);
    assertThat(end.why())
        .isEqualTo(NEW + " is in force on all subtasks of blue, with 1 rule rejected");
    assertThat(end.rejected()).extracting(RuleState::rule).containsExactly("r1");
  }

  @Test
  void rejectedRulesWhoseStatusDoesNotComeAreCounted() {
    StatusWait wait = new StatusWait(NEW, null, TIMEOUT);
    blue(StatusRecords.engine(NEW, 4, 2));

    assertThat(look(wait, 10)).isEmpty();
    assertThat(look(wait, 11)).isEmpty();
    assertThat(look(wait, 12).orElseThrow().why()).endsWith("with 2 rules rejected");
  }

  @Test
  void aRuleThatIsNoLongerRejectedAccordingToTheEngineDoesNotCount() {
    blue(StatusRecords.engine(NEW, 4, 0));
    ledger.rule(bytes("blue/r1"), StatusRecords.rule("rejected", ""));

    assertThat(outcome(NEW)).isEqualTo(Outcome.IN_FORCE);
  }

  @Test
  void whenTheTimeIsUpItSaysWhatIsInForceInstead() {
    StatusWait wait = new StatusWait(NEW, null, Duration.ofMillis(1500));

    assertThat(look(wait, 1)).isEmpty();
    assertThat(look(wait, 2).orElseThrow().why())
        .isEqualTo(NEW + " is not in force after 1500 ms: no engine has a status");
    blue(StatusRecords.engine(OLD, 3, 0));
    End end = look(wait, 2).orElseThrow();
    assertThat(end.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(end.why())
        .isEqualTo(NEW + " is not in force after 1500 ms: blue has " + OLD + " on 3 of 4 subtasks");
    assertThat(look(new StatusWait(NEW, "red", TIMEOUT), 60).orElseThrow().why())
        .isEqualTo(NEW + " is not in force after 60 s: engine red has no status");
  }

  @Test
  void whatSeveralVersionsBeginWithIsRefused() {
    blue(StatusRecords.engine(OLD, 4, 0));
    ledger.engine(bytes("green"), StatusRecords.engine("01234567ffffffff", 4, 0));

    assertThatThrownBy(() -> look(new StatusWait("01234567", null, TIMEOUT), 0))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("several versions begin with 01234567: " + OLD + ", 01234567ffffffff");
    assertThat(look(new StatusWait(OLD, null, TIMEOUT), 0)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0123456", "rules", "0123456G", "0123456789ABCDEF"})
  void whatIsNoVersionIsRefused(String version) {
    assertThatThrownBy(() -> new StatusWait(version, null, TIMEOUT))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("at least its first 8 hex digits");
  }

  private void blue(byte[] status) {
    ledger.engine(bytes("blue"), status);
  }

  private Optional<End> look(StatusWait wait, int seconds) {
    return wait.look(ledger, Duration.ofSeconds(seconds));
  }

  private Outcome outcome(String version) {
    return look(new StatusWait(version, null, TIMEOUT), 0).orElseThrow().outcome();
  }
}
