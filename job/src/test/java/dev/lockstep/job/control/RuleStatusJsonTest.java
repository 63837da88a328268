package dev.lockstep.job.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.content.RuleVerdict;
import dev.lockstep.content.RuleVerdict.Status;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleStatusJsonTest {

  @Test
  void writesARejectionWithItsIssues() {
    StatusRecord record = record(List.of("f.yml:1:1: one", "f.yml:2:1: two"));
    assertThat(record.key).isEqualTo("blue/r");
    assertThat(record.json)
        .asString(UTF_8)
        .isEqualTo(
            "{\"engine\":\"blue\",\"rule_id\":\"r\",\"status\":\"rejected\",\"file\":\"f.yml\","
                + "\"bundle\":\"v1\",\"since\":\"1970-01-01T00:00:00Z\",\"issues\":[\"f.yml:1:1: one\",\"f.yml:2:1: two\"],"
                + "\"previous_in_force\":true}");
  }

  @Test
  void leavesOutTheLastIssuesOfTooManyAndCountsThem() {
    // Each takes 1024 bytes with its quotes and its comma, so that 511 fit beside the rest.
    String text = text(record(Collections.nCopies(1000, "x".repeat(1021))));
    assertThat(text).hasSizeBetween(511 * 1024, RuleStatusJson.MAX_BYTES);
    assertThat(text)
        .endsWith("xxx\"],\"issues_omitted\":489,\"previous_in_force\":true}")
        .startsWith("{\"engine\":\"blue\",");
  }

  @Test
  void countsWhatIsEscapedAsItIsWritten() {
    for (String character : List.of("\u0001", "€", "😀", "\ud83d", "\"")) {
      List<String> issues = Collections.nCopies(100, character.repeat(10_000));
      assertThat(record(issues).json).hasSizeLessThanOrEqualTo(RuleStatusJson.MAX_BYTES);
    }
  }

  @Test
  void leavesOutEvenTheOnlyIssue() {
    assertThat(text(record(List.of("x".repeat(RuleStatusJson.MAX_BYTES)))))
        .contains("\"issues\":[],\"issues_omitted\":1,");
  }

  private static StatusRecord record(List<String> issues) {
    return RuleStatusJson.record(
        "blue",
        "v1",
        new RuleVerdict("r", Status.REJECTED, "f.yml", issues, true, List.of(), List.of()),
        Instant.EPOCH);
  }

  private static String text(StatusRecord record) {
    return new String(record.json, UTF_8);
  }
}
