package dev.lockstep.operations;

import static dev.lockstep.operations.BuiltManifests.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alert rules, and their own tests by Prometheus' promtool. */
class AlertRulesTest {

  private static final Path FOLDER = RepositoryFiles.at("k8s-operator/monitoring");
  private static final String TESTS = RepositoryFiles.text(FOLDER.resolve("alert-rules.test.yaml"));

  private static ObjectNode spec() {
    return (ObjectNode)
        RepositoryFiles.documents(FOLDER.resolve("alert-rules.yaml")).get(0).path("spec");
  }

  private static List<JsonNode> alerts() {
    return stream(spec().path("groups")).flatMap(group -> stream(group.path("rules"))).toList();
  }

  private static String name(JsonNode alert) {
    return alert.path("alert").asText();
  }

  @Test
  void theyAreARuleOfThePrometheusOperator() {
    assertThat(new ManifestCheck().problems(Kustomization.build(FOLDER).get(0))).isEmpty();
  }

  @Test
  void eachSaysHowBadItIsAndWhatToDo() {
    String runbook = RepositoryFiles.text(RepositoryFiles.at("k8s-operator/RUNBOOK.md"));

    assertThat(alerts())
        .extracting(AlertRulesTest::name)
        .hasSizeGreaterThan(20)
        .doesNotHaveDuplicates();
    assertThat(alerts())
        .allSatisfy(
            alert -> {
              assertThat(alert.at("/labels/severity").asText()).isIn("page", "ticket");
              assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
              assertThat(alert.at("/annotations/description").asText()).isNotBlank();
              assertThat(alert.at("/annotations/runbook").asText())
                  .isEqualTo("k8s-operator/RUNBOOK.md#" + name(alert).toLowerCase(Locale.ROOT));
              assertThat(runbook).contains("\n### " + name(alert) + "\n");
            });
  }

  @Test
  void eachAsksForMetricsThatThereAre() {
    KnownMetrics metrics = KnownMetrics.read();

    assertThat(alerts())
        .allSatisfy(alert -> assertThat(metrics.unknownOf(alert.path("expr").asText())).isEmpty());
    assertThat(metrics.unknownOf("flink_taskmanager_job_task_operator_engine_eventIn"))
        .containsExactly("flink_taskmanager_job_task_operator_engine_eventIn");
  }

  @Test
  void eachFiresInATest() {
    assertThat(alerts())
        .allSatisfy(alert -> assertThat(TESTS).contains("name: " + name(alert) + "\n"));
  }

  @Test
  void promtoolAcceptsThemAndTheirTestsPass(@TempDir Path folder) throws Exception {
    Path promtool = promtool();

    assertThat(run(promtool, folder, spec())).isEqualTo("");
  }

  @Test
  void promtoolNoticesARuleThatNoLongerFires(@TempDir Path folder) throws Exception {
    Path promtool = promtool();
    ObjectNode broken = spec();
    ((ObjectNode) broken.at("/groups/0/rules/0")).put("expr", "vector(1) == 0");

    assertThat(run(promtool, folder, broken)).contains("FAILED").contains("LockstepJobDown");
  }

  @Test
  void promtoolNoticesAnExpressionThatIsNone(@TempDir Path folder) throws Exception {
    Path promtool = promtool();
    ObjectNode broken = spec();
    ((ObjectNode) broken.at("/groups/0/rules/0")).put("expr", "max by engine (x) == 0");

    assertThat(run(promtool, folder, broken)).contains("could not parse expression");
  }

  private static Path promtool() {
    Optional<Path> promtool = Installed.find("promtool");
    assumeTrue(
        promtool.isPresent(),
        "promtool is not installed (package prometheus): alert rules are not tested");
    return promtool.orElseThrow();
  }

  /** Returns what promtool has against the rules or their tests; nothing when all is well. */
  private static String run(Path promtool, Path folder, JsonNode rules)
      throws IOException, InterruptedException {
    Files.writeString(
        folder.resolve("rules.yaml"), RepositoryFiles.yaml().writeValueAsString(rules));
    Path tests = Files.writeString(folder.resolve("alert-rules.test.yaml"), TESTS);
    Process process =
        new ProcessBuilder(promtool.toString(), "test", "rules", tests.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return process.waitFor() == 0 ? "" : output;
  }
}
