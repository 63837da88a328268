package dev.lockstep.operations;

import static dev.lockstep.operations.BuiltManifests.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DashboardTest {

  private static final JsonNode DASHBOARD =
      RepositoryFiles.documents(
              RepositoryFiles.at("k8s-operator/monitoring/dashboards/lockstep.json"))
          .get(0);
  private static final int COLUMNS = 24;

  private static List<JsonNode> panels() {
    return stream(DASHBOARD.path("panels"))
        .filter(panel -> !panel.path("type").asText().equals("row"))
        .toList();
  }

  @Test
  void itsRowsAreWhatPeopleLookFor() {
    assertThat(
            stream(DASHBOARD.path("panels"))
                .filter(panel -> panel.path("type").asText().equals("row"))
                .map(row -> row.path("title").asText()))
        .containsExactly(
            "Now",
            "Flow",
            "Latency",
            "Lanes",
            "Content",
            "Flags",
            "Parity",
            "Event index",
            "Files",
            "State");
  }

  @Test
  void eachPanelSaysWhatItShowsAndInWhichUnit() {
    assertThat(panels())
        .hasSizeGreaterThan(25)
        .allSatisfy(
            panel -> {
              assertThat(panel.path("title").asText()).isNotBlank();
              assertThat(panel.path("description").asText()).isNotBlank();
              assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotBlank();
              assertThat(panel.path("targets")).isNotEmpty();
            });
    assertThat(stream(DASHBOARD.path("panels")).map(panel -> panel.path("id").asInt()))
        .doesNotHaveDuplicates();
  }

  @Test
  void eachQueryAsksForMetricsThatThereAreOfTheChosenEngine() {
    KnownMetrics metrics = KnownMetrics.read();
    for (JsonNode panel : panels()) {
      for (JsonNode target : panel.path("targets")) {
        String expression = target.path("expr").asText();
        assertThat(metrics.unknownOf(expression)).as(panel.path("title").asText()).isEmpty();
        assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
        assertThat(expression)
            .as("of the chosen engine, or by engine, or of both: " + panel.path("title"))
            .matches(".*(engine=~\"\\$engine\"|by \\(engine, (customer|host)\\)|parity[A-Z]).*");
      }
    }
  }

  @Test
  void theFirstEngineToChooseIsTheOneThatIsLive() {
    JsonNode engine =
        stream(DASHBOARD.at("/templating/list"))
            .filter(variable -> variable.path("name").asText().equals("engine"))
            .findFirst()
            .orElseThrow();

    assertThat(engine.at("/query/query").asText())
        .startsWith("query_result(sort_desc(sum by (engine) (increase(")
        .contains("customer_alertsLive");
    assertThat(KnownMetrics.read().unknownOf(engine.at("/query/query").asText())).isEmpty();
    // Grafana's own sorting would undo it, and a stored choice would win over it.
    assertThat(engine.path("sort").asInt()).isZero();
    assertThat(engine.path("current")).isEmpty();
  }

  @Test
  void panelsDoNotOverlapAndLeaveNoLineUneven() {
    Set<String> taken = new HashSet<>();
    List<String> twice = new ArrayList<>();
    for (JsonNode panel : DASHBOARD.path("panels")) {
      JsonNode place = panel.path("gridPos");
      assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(COLUMNS);
      for (int x = 0; x < place.path("w").asInt(); x++) {
        for (int y = 0; y < place.path("h").asInt(); y++) {
          String cell = (place.path("x").asInt() + x) + "/" + (place.path("y").asInt() + y);
          if (!taken.add(cell)) {
            twice.add(panel.path("title").asText());
          }
        }
      }
    }

    assertThat(twice).isEmpty();
    assertThat(taken.size() % COLUMNS).isZero();
  }
}
