package dev.lockstep.connector.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BulkItemOutcomeTest {

  @ParameterizedTest
  @CsvSource({
    "200, DONE",
    "201, DONE",
    "299, DONE",
    "400, REJECT",
    "405, REJECT",
    "409, REJECT",
    "413, REJECT",
    "422, REJECT",
    "499, REJECT",
    "429, RETRY",
    "500, RETRY",
    "502, RETRY",
    "503, RETRY",
    "504, RETRY",
    "507, RETRY",
    "401, FAIL",
    "403, FAIL",
    "404, FAIL",
    "0, FAIL",
    "100, FAIL",
    "302, FAIL"
  })
  void sortsEachStatus(int status, BulkItemOutcome outcome) {
    assertThat(BulkItemOutcome.ofStatus(status)).isEqualTo(outcome);
  }
}
