package dev.lockstep.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shows that the checks of {@link ManifestsTest} find what they are there for. */
class BrokenManifestTest {

  private static final ManifestCheck CHECK = new ManifestCheck();

  private static ObjectNode copy(String kind) {
    return BuiltManifests.ofKind(kind).get(0).deepCopy();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FlinkDeployment     | /spec/job              | upgradeMod         | \"savepoint\" | upgradeMod",
        "FlinkDeployment     | /spec/job              | upgradeMode        | \"sometimes\" | sometimes",
        "FlinkDeployment     | /spec/job              | parallelism        | \"many\"      | parallelism",
        "FlinkDeployment     | /spec                  | flinkVersion       | \"v9_9\"      | v9_9",
        "FlinkDeployment     | /spec/podTemplate/spec | volume             | []            | volume",
        "FlinkDeployment     | /spec/podTemplate/spec | containers         | {}            | containers",
        "Role                | /rules/0               | verb               | []            | verb",
        "RoleBinding         | /roleRef               | names              | \"lockstep\"  | names",
        "NetworkPolicy       | /spec                  | podSelectors       | {}            | podSelectors",
        "NetworkPolicy       | /spec/ingress/1        | port               | []            | port",
        "PodDisruptionBudget | /spec                  | maxUnavailable     | []            | maxUnavailable",
        "PodMonitor          | /spec                  | podMetricsEndpoint | []            | podMetricsEndpoint",
        "ServiceAccount      | /metadata              | nam                | \"x\"         | nam",
      })
  void aFieldThatIsNotThereOrHasNoSuchValueIsFound(
      String kind, String at, String field, String value, String told) throws Exception {
    ObjectNode manifest = copy(kind);
    JsonNode broken = RepositoryFiles.yaml().readTree(value);
    ((ObjectNode) manifest.at(at)).set(field, broken);

    assertThat(CHECK.problems(copy(kind))).isEmpty();
    assertThat(CHECK.problems(manifest)).anyMatch(problem -> problem.contains(told));
  }

  @Test
  void aKindThatNobodyKnowsIsFound() {
    ObjectNode manifest = copy("ServiceAccount").put("apiVersion", "v2");

    assertThat(CHECK.problems(manifest))
        .singleElement()
        .asString()
        .contains("no kind that is known");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/metadata                | name                                   | \"Lockstep_1\" | name",
        "/spec/flinkConfiguration | execution.checkpointing.savepoint-dir  | null           | savepoint",
        "/spec/flinkConfiguration | kubernetes.cluster-id                  | \"mine\"       | kubernetes.cluster-id",
        "/spec/flinkConfiguration | high-availability.type                 | \"NONE\"       | High availability",
        "/spec/job                | parallelism                            | 0              | arallelism",
        "/spec/taskManager/resource | memory                               | \"much\"       | memory",
      })
  void whatTheOperatorWouldRefuseIsFound(String at, String field, String value, String told)
      throws Exception {
    ObjectNode manifest = copy("FlinkDeployment");
    JsonNode broken = RepositoryFiles.yaml().readTree(value);
    if (broken.isNull()) {
      ((ObjectNode) manifest.at(at)).remove(field);
    } else {
      ((ObjectNode) manifest.at(at)).set(field, broken);
    }

    try (OperatorValidator validator = OperatorValidator.load()) {
      assertThat(validator.objection(CHECK.deployment(manifest)).map(String::valueOf).orElse(""))
          .contains(told);
    }
  }
}
