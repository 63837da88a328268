package dev.lockstep.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of a group is bounded, and says so when that has made a difference. */
class GroupLimitsTest {

  @Test
  void aWindowOfMoreEventsThanAreKeptIsApproximate() {
    GroupOperator operator =
        operator("type: event_count, rules: [a], timespan: 10s, condition: {gte: 8}", 5);
    for (int i = 0; i < 20; i++) {
      add(operator, i * 100L, List.of());
    }
    operator.finish();
    assertThat(operator.findings()).isEmpty();
    assertThat(operator.givenUp()).isEqualTo(15);
    assertThat(operator.isEmpty()).isTrue();
  }

  @Test
  void aFindingInAWindowOfMoreEventsThanAreKeptSaysSo() {
    GroupOperator operator =
        operator("type: value_sum, rules: [a], timespan: 1s, condition: {field: v, gte: 30}", 5);
    for (int i = 0; i < 12; i++) {
      add(operator, i * 10L, List.of("1"));
    }
    add(operator, 200, List.of("28"));
    add(operator, 5000, List.of("40"));
    operator.finish();
    assertThat(operator.findings()).extracting(Finding::approximate).containsExactly(true, false);
    assertThat(operator.findings()).extracting(Finding::count).containsExactly(5L, 1L);
    assertThat(operator.givenUp()).isEqualTo(8);
    assertThat(operator.isEmpty()).isTrue();
  }

  @Test
  void aPercentileOfMoreNumbersThanAreKeptIsThatOfTheNewest() {
    GroupOperator operator =
        operator("type: value_median, rules: [a], timespan: 10s, condition: {field: v, eq: 18}", 5);
    for (int i = 0; i < 21; i++) {
      add(operator, i * 10L, List.of(String.valueOf(i)));
    }
    operator.finish();
    assertThat(operator.findings()).singleElement().matches(Finding::approximate);
    assertThat(operator.givenUp()).isEqualTo(16);
  }

  @Test
  void moreValuesThanAreKeptAreGivenUp() {
    GroupOperator operator =
        operator("type: value_count, rules: [a], timespan: 10s, condition: {field: v, gt: 8}", 5);
    for (int i = 0; i < 20; i++) {
      add(operator, i * 10L, List.of("v" + i));
    }
    operator.finish();
    assertThat(operator.findings()).isEmpty();
    assertThat(operator.givenUp()).isEqualTo(15);
    assertThat(operator.isEmpty()).isTrue();
  }

  @Test
  void valuesBeyondTheConditionAreNotMissed() {
    GroupOperator operator =
        operator("type: value_count, rules: [a], timespan: 10s, condition: {field: v, gte: 3}", 50);
    for (int i = 0; i < 20; i++) {
      add(operator, i * 10L, List.of("v" + i));
    }
    operator.finish();
    assertThat(operator.findings()).singleElement().matches(finding -> !finding.approximate());
    assertThat(operator.givenUp()).isZero();
  }

  @Test
  void valuesThatComeAgainAndAgainAreKeptOnce() {
    GroupOperator operator =
        operator(
            "type: value_count, rules: [a], timespan: 1h, condition: {field: v, gte: 4}", 1000);
    for (int i = 0; i < 1000; i++) {
      add(operator, i * 10L, List.of("v" + i % 3));
    }
    operator.advanceTo(20_000);
    assertThat(operator.held()).hasSizeLessThan(10);
    add(operator, 30_000, List.of("another"));
    operator.finish();
    assertThat(operator.found())
        .extracting(Expected::events)
        .containsExactly(List.of("9970/0", "9980/0", "9990/0", "30000/0"));
    assertThat(operator.isEmpty()).isTrue();
  }

  @Test
  void aNewValueThatCannotBeRememberedIsNewEachTime() {
    GroupOperator operator =
        operator("type: new_term, rules: [a], timespan: 1h, condition: {field: v}", 2);
    List<String> values = List.of("x", "y", "z", "x", "z");
    for (int i = 0; i < values.size(); i++) {
      add(operator, i, List.of(values.get(i)));
    }
    operator.finish();
    assertThat(operator.findings()).extracting(Finding::atMillis).containsExactly(0L, 1L, 2L, 4L);
    assertThat(operator.findings())
        .extracting(Finding::approximate)
        .containsExactly(false, false, true, true);
    assertThat(operator.givenUp()).isEqualTo(2);
    assertThat(operator.isEmpty()).isTrue();
  }

  @Test
  void manyValuesAreForgottenTogether() {
    GroupOperator operator =
        operator("type: new_term, rules: [a], timespan: 1s, condition: {field: v}", 10_000);
    for (int i = 0; i < 1000; i++) {
      operator.add(List.of(new Occurrence(i % 7, "e" + i, 0, List.of("v" + i), "{}")));
    }
    operator.advanceTo(100);
    assertThat(operator.findings()).hasSize(1000);
    operator.finish();
    assertThat(operator.givenUp()).isZero();
    assertThat(operator.isEmpty()).isTrue();
  }

  @Test
  void ofManyEventsTheFirstAndTheLastAreShown() {
    GroupOperator operator =
        operator("type: event_count, rules: [a], timespan: 1h, condition: {gte: 3000}", 100_000);
    for (int i = 0; i < 3000; i++) {
      add(operator, i, List.of());
    }
    operator.finish();
    Finding finding = operator.findings().get(0);
    assertThat(finding.count()).isEqualTo(3000);
    assertThat(finding.events()).hasSize(20);
    assertThat(finding.events().get(9).id()).isEqualTo("9");
    assertThat(finding.events().get(10).id()).isEqualTo("2990");
    assertThat(finding.events().get(0).evidence()).isEqualTo("{}");
    assertThat(finding.events().get(19).evidence()).as("memory is kept for the first").isEmpty();
    assertThat(operator.isEmpty()).isTrue();
  }

  @Test
  void anAbsenceKeepsWhatItShowsOnly() {
    GroupOperator operator =
        operator("type: absence, rules: [a], timespan: 1h, condition: {lt: 50}", 100);
    String evidence = "x".repeat(10_000);
    for (int i = 0; i < 60; i++) {
      operator.add(List.of(new Occurrence(i, "e" + i, 0, List.of(), evidence)));
      operator.advanceTo(i);
    }
    assertThat(operator.held().values().stream().mapToInt(ByteBuffer::remaining).sum())
        .isLessThan(20_000);
    operator.finish();
    assertThat(operator.findings().get(0).events())
        .extracting(Occurrence::evidence)
        .containsExactly(evidence);
  }

  @Test
  void textsOfAnyLengthAndOfHalfCharactersAreKept() {
    String value = "ab\ud800\u0000é".repeat(30_000);
    GroupOperator operator =
        operator("type: change, rules: [a], timespan: 1h, condition: {field: v}", 10);
    add(operator, 1, List.of(value));
    operator.advanceTo(5);
    add(operator, 10, List.of(value));
    operator.advanceTo(15);
    add(operator, 20, List.of("other"));
    operator.finish();
    assertThat(operator.findings()).extracting(Finding::atMillis).containsExactly(20L);
    assertThat(operator.findings().get(0).events().get(0).values()).containsExactly(value);
  }

  private static GroupOperator operator(String keys, int most) {
    return new GroupOperator(Correlations.of(keys), most);
  }

  private static void add(GroupOperator operator, long at, List<String> values) {
    operator.add(List.of(new Occurrence(at, String.valueOf(at), 0, values, "{}")));
  }
}
