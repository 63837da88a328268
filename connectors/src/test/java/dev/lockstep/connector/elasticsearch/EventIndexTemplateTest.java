package dev.lockstep.connector.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EventIndexTemplateTest {

  @Test
  void leavesNothingOpen() {
    assertThat(IndexTemplate.EVENTS.json(OptionalInt.empty()))
        .contains("\"index_patterns\": [\"lockstep-events-*\"]")
        .doesNotContain("${");
    assertThat(IndexTemplate.EVENTS.json(OptionalInt.of(2)))
        .contains("\"index.number_of_replicas\": 2");
  }

  /** A field that has no mapping could not be searched, and nobody would be told. */
  @Test
  void mapsEveryFieldThatADocumentMayHave() throws IOException {
    JsonNode properties =
        new ObjectMapper()
            .readTree(IndexTemplate.EVENTS.json(OptionalInt.empty()))
            .at("/template/mappings/properties");
    for (String name : EcsFields.names()) {
      JsonNode field = properties.at("/" + name.replace(".", "/properties/"));
      assertThat(field.path("type").asText()).as(name).isNotEmpty();
    }
    assertThat(properties.at("/lockstep/properties/event/type").asText()).isEqualTo("flattened");
  }
}
