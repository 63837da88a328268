package dev.lockstep.connector.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AlertIndexTemplateTest {

  @Test
  void leavesTheReplicasToElasticsearchUnlessToldOtherwise() {
    assertThat(IndexTemplate.ALERTS.json(OptionalInt.empty()))
        .contains("{\"index.number_of_shards\": 1}")
        .satisfies(json -> assertThat(StrictJson.isObject(json)).isTrue());
    assertThat(IndexTemplate.ALERTS.json(OptionalInt.of(2)))
        .contains("{\"index.number_of_shards\": 1, \"index.number_of_replicas\": 2}")
        .satisfies(json -> assertThat(StrictJson.isObject(json)).isTrue());
  }

  @Test
  void leavesNothingOpen() {
    assertThat(IndexTemplate.ALERTS.json(OptionalInt.empty()))
        .contains("\"index_patterns\": [\"lockstep-alerts-*\"]")
        .doesNotContain("${");
  }
}
