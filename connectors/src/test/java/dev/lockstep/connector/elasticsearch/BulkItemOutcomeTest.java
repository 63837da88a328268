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
    assertThat(BulkItemOutcome.of(status, "")).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({
    "mapper_parsing_exception, REJECT",
    "document_parsing_exception, REJECT",
    "parsing_exception, REJECT",
    "parse_exception, REJECT",
    "x_content_parse_exception, REJECT",
    "strict_dynamic_mapping_exception, REJECT",
    "illegal_argument_exception, REJECT",
    "mapper_exception, REJECT",
    "number_format_exception, REJECT",
    "max_bytes_length_exceeded_exception, REJECT",
    "invalid_index_name_exception, REJECT",
    "validation_exception, FAIL",
    "action_request_validation_exception, FAIL",
    "index_closed_exception, FAIL",
    "resource_already_exists_exception, FAIL",
    "illegal_state_exception, FAIL",
    "'', FAIL"
  })
  void rejectsABadRequestOnlyWhenItIsAboutTheDocument(String errorType, BulkItemOutcome outcome) {
    assertThat(BulkItemOutcome.of(400, errorType)).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"429, RETRY", "503, RETRY", "403, FAIL", "404, FAIL", "413, REJECT"})
  void sortsEveryOtherStatusWhateverTheError(int status, BulkItemOutcome outcome) {
    assertThat(BulkItemOutcome.of(status, "mapper_parsing_exception")).isEqualTo(outcome);
    assertThat(BulkItemOutcome.of(status, "validation_exception")).isEqualTo(outcome);
  }
}
