package dev.lockstep.connector.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {

  private final PathPattern balancers =
      PathPattern.parse("s3://logs/in/{customer}/AWSLogs/{account}/{yyyy}/{MM}/{dd}/*.log.gz");

  @Test
  void findsWhatAPathSaysOfItsRecords() {
    assertThat(balancers.root()).isEqualTo("s3://logs/in/");
    assertThat(balancers.groups())
        .containsExactlyInAnyOrder("customer", "account", "yyyy", "MM", "dd");
    assertThat(balancers.match("acme/AWSLogs/123/2026/01/31/a.log.gz"))
        .contains(
            Map.of("customer", "acme", "account", "123", "yyyy", "2026", "MM", "01", "dd", "31"));
  }

  @ParameterizedTest
  @CsvSource({
    "acme/AWSLogs/123/2026/01/31/a.log",
    "acme/AWSLogs/123/2026/01/31/more/a.log.gz",
    "acme/123/2026/01/31/a.log.gz",
    "/AWSLogs/123/2026/01/31/a.log.gz",
    "acme/AWSLogsX123/2026/01/31/a.log.gz"
  })
  void meansNoOtherFiles(String path) {
    assertThat(balancers.match(path)).isEmpty();
  }

  @Test
  void leadsOnlyIntoFoldersThatMayHoldFiles() {
    assertThat(balancers.leadsTo(0, "acme")).isTrue();
    assertThat(balancers.leadsTo(1, "AWSLogs")).isTrue();
    assertThat(balancers.leadsTo(1, "Backups")).isFalse();
    assertThat(balancers.leadsTo(6, "deeper")).isFalse();
  }

  @Test
  void takesAllBelowWhereAPatternEndsWithASlash() {
    PathPattern all = PathPattern.parse("file:///data/{customer}/");

    assertThat(all.root()).isEqualTo("file:///data/");
    assertThat(all.match("acme/a/b/c.json")).contains(Map.of("customer", "acme"));
    assertThat(all.leadsTo(7, "deeper")).isTrue();
    assertThat(all.match("c.json")).isEmpty();
  }

  @Test
  void readsTwoStarsAsAnyNumberOfFolders() {
    PathPattern any = PathPattern.parse("s3://logs/**/{day}.json");

    assertThat(any.match("a/b/monday.json")).contains(Map.of("day", "monday"));
    assertThat(any.match("monday.json")).contains(Map.of("day", "monday"));
  }

  @ParameterizedTest
  @CsvSource({
    "logs/*, must be an absolute path with its scheme",
    "s3://logs/in, must name files by a star or a group",
    "s3://{customer}/*, must name its bucket or host without",
    "s3://logs/{a}/{a}/*, must name each group once",
    "s3://logs/{cust-omer}/*, a group must match"
  })
  void saysWhatIsWrongAndWhatWasGiven(String text, String problem) {
    assertThatThrownBy(() -> PathPattern.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem)
        .hasMessageEndingWith("was '" + text + "'");
  }
}
