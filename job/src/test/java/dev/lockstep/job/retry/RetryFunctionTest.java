package dev.lockstep.job.retry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.LetterCommand;
import dev.lockstep.connector.wire.RecordHeaders;
import dev.lockstep.connector.wire.Transport;
import dev.lockstep.event.DeadLetterClass;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class RetryFunctionTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final RetryPlan PLAN =
      new RetryPlan(
          List.of(MINUTE, Duration.ofMinutes(10)),
          Set.of(DeadLetterClass.RULE_ERROR, DeadLetterClass.REJECTED_BY_ELASTICSEARCH));

  @Test
  void triesALetterWhenItsFirstDelayIsOverAndLeavesNoState() throws Exception {
    try (RetryHarness flow = start()) {
      flow.send(ruleError("r1", 0));
      flow.setTime(MINUTE.minusMillis(1));
      assertThat(flow.tried()).isEmpty();
      assertThat(flow.metrics().gauge("deadLettersWaiting")).isEqualTo(1L);

      flow.setTime(MINUTE);
      DeadLetterRecord tried = flow.tried().get(0);
      assertThat(tried.attempt).isEqualTo(1);
      assertThat(tried.identity()).isEqualTo("events/0/7 RULE_ERROR r1");
      assertThat(tried.bytes).asString(UTF_8).isEqualTo("{}");
      assertThat(flow.parked()).isEmpty();
      assertThat(flow.metrics().count("class=RULE_ERROR/deadLettersRetried")).isEqualTo(1);
      assertNothingWaits(flow);
    }
  }

  @Test
  void waitsLongerForTheSecondTryAndParksWhatHasNoneLeft() throws Exception {
    try (RetryHarness flow = start()) {
      flow.send(ruleError("r1", 1));
      flow.setTime(Duration.ofMinutes(10).minusMillis(1));
      assertThat(flow.tried()).isEmpty();
      flow.setTime(Duration.ofMinutes(10));
      assertThat(flow.tried()).extracting(letter -> letter.attempt).containsExactly(2);

      flow.send(ruleError("r1", 2));
      assertThat(flow.parked()).extracting(letter -> letter.attempt).containsExactly(2);
      assertThat(flow.metrics().count("class=RULE_ERROR/deadLettersParked")).isEqualTo(1);
      assertNothingWaits(flow);
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"RULE_ERROR", "REJECTED_BY_ELASTICSEARCH"})
  void parksAtOnceWhatTimeDoesNotCure(DeadLetterClass why) throws Exception {
    try (RetryHarness flow = start()) {
      flow.send(letter(why));
      assertThat(flow.parked())
          .extracting(parked -> parked.deadLetterClass)
          .containsOnly(why.name());
      assertNothingWaits(flow);
    }
  }

  @Test
  void parksWhatIsCutAndAnErrorOfARuleThatNobodyKnows() throws Exception {
    DeadLetterRecord cut = ruleError("cut", 0);
    cut.originalBytes = 2_000_000;
    DeadLetterRecord withoutHeaders = ruleError("headers", 0);
    withoutHeaders.transport =
        new Transport(new byte[Transport.MAX_BYTES + 1], 0, RecordHeaders.NONE);
    try (RetryHarness flow = start()) {
      flow.send(cut, withoutHeaders, letter(DeadLetterClass.RULE_ERROR));
      assertThat(flow.parked()).hasSize(3);
      assertNothingWaits(flow);
    }
  }

  @Test
  void keepsTheTimeOfALetterThatComesTwice() throws Exception {
    try (RetryHarness flow = start()) {
      flow.send(ruleError("r1", 0));
      flow.setTime(Duration.ofSeconds(30));
      flow.send(ruleError("r1", 0));
      assertThat(flow.metrics().count("reason=duplicate/deadLettersIgnored")).isEqualTo(1);
      flow.setTime(MINUTE);
      assertThat(flow.tried()).hasSize(1);
      flow.setTime(Duration.ofHours(1));
      assertThat(flow.tried()).isEmpty();
    }
  }

  @Test
  void tellsLettersOfSeveralRulesOnOneEventApart() throws Exception {
    try (RetryHarness flow = start()) {
      flow.send(ruleError("r1", 0), ruleError("r2", 0));
      flow.setTime(MINUTE);
      assertThat(flow.tried())
          .extracting(letter -> letter.ruleId)
          .containsExactlyInAnyOrder("r1", "r2");
    }
  }

  @Test
  void triesWhatWaitedAfterARestoreAtItsTime() throws Exception {
    OperatorSubtaskState state;
    try (RetryHarness flow = start()) {
      flow.send(ruleError("r1", 0), ruleError("r2", 0));
      state = flow.snapshot();
    }
    try (RetryHarness flow = RetryHarness.start(PLAN, 100, state)) {
      assertThat(flow.metrics().gauge("deadLettersWaiting")).isEqualTo(2L);
      flow.setTime(MINUTE.minusMillis(1));
      assertThat(flow.tried()).isEmpty();
      flow.setTime(MINUTE);
      assertThat(flow.tried()).hasSize(2);
      assertNothingWaits(flow);
    }
  }

  @Test
  void parksWhatIsMoreThanMayWait() throws Exception {
    try (RetryHarness flow = RetryHarness.start(PLAN, 2, /* state= */ null)) {
      flow.send(ruleError("r1", 0), ruleError("r2", 0), ruleError("r3", 0));
      assertThat(flow.parked()).extracting(letter -> letter.ruleId).containsExactly("r3");
      flow.setTime(MINUTE);
      assertThat(flow.tried()).hasSize(2);
    }
  }

  @Test
  void triesARedrivenLetterAtOnceCountingAnewAndForgetsThatItWaited() throws Exception {
    try (RetryHarness flow = start()) {
      flow.send(ruleError("r1", 1), ruleError("r1", 1).withCommand(LetterCommand.REDRIVE));
      DeadLetterRecord tried = flow.tried().get(0);
      assertThat(tried.attempt).isZero();
      assertThat(tried.command).isNull();
      assertNothingWaits(flow);
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"RULE_ERROR", "LATE", "UNREADABLE_FILE"})
  void triesARedrivenLetterOfAnyClass(DeadLetterClass why) throws Exception {
    try (RetryHarness flow = start()) {
      flow.send(letter(why).withCommand(LetterCommand.REDRIVE));
      assertThat(flow.tried())
          .extracting(tried -> tried.deadLetterClass)
          .containsExactly(why.name());
    }
  }

  @Test
  void parksARedrivenLetterThatCannotBeTriedOrWouldSendAlertsTwice() throws Exception {
    try (RetryHarness flow = start()) {
      flow.send(
          letter(DeadLetterClass.LATE).withCommand(LetterCommand.REDRIVE),
          letter(DeadLetterClass.UNREADABLE_FILE).withCommand(LetterCommand.REDRIVE),
          letter(DeadLetterClass.RULE_ERROR).withCommand(LetterCommand.REDRIVE));
      assertThat(flow.tried()).isEmpty();
      assertThat(flow.parked()).hasSize(3).allMatch(letter -> letter.command == null);
    }
  }

  @Test
  void parksByCommandWhatWaits() throws Exception {
    try (RetryHarness flow = start()) {
      flow.send(ruleError("r1", 0), ruleError("r1", 0).withCommand(LetterCommand.PARK));
      assertThat(flow.parked()).extracting(letter -> letter.command).containsOnlyNulls().hasSize(1);
      flow.setTime(Duration.ofHours(1));
      assertThat(flow.tried()).isEmpty();
      assertNothingWaits(flow);
    }
  }

  @Test
  void forgetsAWaitingLetterThatIsResolved() throws Exception {
    try (RetryHarness flow = start()) {
      flow.send(ruleError("r1", 0), DeadLetterRecord.resolved(ruleError("r1", 0)));
      flow.setTime(Duration.ofHours(1));
      assertThat(flow.tried()).isEmpty();
      assertThat(flow.parked()).isEmpty();
      assertNothingWaits(flow);
    }
  }

  @Test
  void ignoresAndCountsWhatItDoesNotKnow() throws Exception {
    DeadLetterRecord unknownCommand = ruleError("r1", 0);
    unknownCommand.command = "burn";
    DeadLetterRecord unknownClass = ruleError("r2", 0);
    unknownClass.deadLetterClass = "BORED";
    try (RetryHarness flow = start()) {
      flow.send(ruleError("r1", 0), unknownCommand, unknownClass);
      assertThat(flow.parked()).isEmpty();
      assertThat(flow.metrics().count("reason=unknown-command/deadLettersIgnored")).isEqualTo(1);
      assertThat(flow.metrics().count("reason=unknown-class/deadLettersIgnored")).isEqualTo(1);
      flow.setTime(MINUTE);
      assertThat(flow.tried()).hasSize(1);
    }
  }

  private static RetryHarness start() throws Exception {
    return RetryHarness.start(PLAN, 100, /* state= */ null);
  }

  private static void assertNothingWaits(RetryHarness flow) {
    assertThat(flow.metrics().gauge("deadLettersWaiting")).isEqualTo(0L);
    assertThat(flow.timers()).isZero();
    assertThat(flow.keyedStateEntries()).isZero();
  }

  private static DeadLetterRecord ruleError(String ruleId, int attempt) {
    DeadLetterRecord letter = letter(DeadLetterClass.RULE_ERROR);
    letter.ruleId = ruleId;
    letter.attempt = attempt;
    return letter;
  }

  private static DeadLetterRecord letter(DeadLetterClass why) {
    return new DeadLetterRecord(why, "because", "events/0/7", "acme", "{}".getBytes(UTF_8));
  }
}
