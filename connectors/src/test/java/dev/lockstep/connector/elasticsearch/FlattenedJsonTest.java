package dev.lockstep.connector.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Elasticsearch itself makes of the same is in {@code EventIndexIT}. */
class FlattenedJsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\": {\"a\": [{\"a\": 1}, {\"a\": [[]]}]}, \"b\": {}}",
        "{\"a.b\": 1, \"a\": {\"b\": 2}}",
        "{\"\": 1}"
      })
  void takesObjects(String text) {
    assertThat(FlattenedJson.takes(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "", "{", "{} {}", "{\"a\":1,\"a\":2}", "{\"a\\u0000\":1}"})
  void takesNothingThatElasticsearchRefuses(String text) {
    assertThat(FlattenedJson.takes(text)).isFalse();
  }

  @Test
  void boundsTheLengthOfPaths() {
    String name = "n".repeat(1_300);
    String two = "{\"%s\":{\"%s\":1}, \"%sx\":2}".formatted(name, name, name);
    assertThat(FlattenedJson.takes(two)).isTrue();
    assertThat(FlattenedJson.takes("{\"%s\":[{\"%s\":{\"%s\":1}}]}".formatted(name, name, name)))
        .isFalse();
    assertThat(FlattenedJson.takes("{\"%s\":1}".formatted("n".repeat(2_700)))).isFalse();
  }

  @Test
  void boundsTheDepth() {
    assertThat(FlattenedJson.takes("{\"a\":".repeat(150) + "1" + "}".repeat(150))).isTrue();
    assertThat(FlattenedJson.takes("{\"a\":".repeat(300) + "1" + "}".repeat(300))).isFalse();
  }
}
