package dev.lockstep.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.job.JobArguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class K8sManifestsTest {

  private static final Path BASE = RepositoryFiles.at("k8s-operator/base");

  /** A FlinkDeployment of the base. */
  record Deployment(String name, Map<?, ?> spec) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Deployment> deployments() throws IOException {
    List<Deployment> deployments = new ArrayList<>();
    try (Stream<Path> files = Files.list(BASE)) {
      for (Path file : files.sorted().toList()) {
        RepositoryFiles.documents(file).stream()
            .map(Map.class::cast)
            .filter(document -> "FlinkDeployment".equals(document.get("kind")))
            .map(
                document ->
                    new Deployment(text(document, "metadata", "name"), at(document, "spec")))
            .forEach(deployments::add);
      }
    }
    return deployments;
  }

  @Test
  void thereIsOneDeploymentPerJob() throws IOException {
    assertThat(deployments())
        .extracting(Deployment::name)
        .containsExactly("lockstep-detection", "lockstep-index");
  }

  @Test
  void kustomizeListsEveryFileOfTheBase() throws IOException {
    Map<?, ?> kustomization = kustomization();
    List<Object> listed = new ArrayList<>(list(kustomization, "resources"));
    listed.addAll(list(kustomization, "configurations"));
    for (Object generator : list(kustomization, "configMapGenerator")) {
      listed.addAll(list((Map<?, ?>) generator, "files"));
    }
    listed.add("kustomization.yaml");

    try (Stream<Path> files = Files.list(BASE)) {
      assertThat(files.map(file -> file.getFileName().toString()).map(Object.class::cast))
          .containsExactlyInAnyOrderElementsOf(listed);
    }
  }

  @Test
  void eachAlertRuleSaysWhatToDo() throws IOException {
    Map<?, ?> rules =
        (Map<?, ?>)
            RepositoryFiles.documents(
                    RepositoryFiles.at("k8s-operator/monitoring/alert-rules.yaml"))
                .get(0);
    List<Map<?, ?>> alerts = new ArrayList<>();
    for (Object group : list(at(rules, "spec"), "groups")) {
      list((Map<?, ?>) group, "rules").forEach(rule -> alerts.add((Map<?, ?>) rule));
    }
    assertThat(alerts)
        .isNotEmpty()
        .allSatisfy(
            alert -> {
              assertThat(text(alert, "expr")).contains("flink_");
              assertThat(text(alert, "labels", "severity")).isIn("page", "ticket");
              assertThat(text(alert, "annotations", "summary")).isNotBlank();
              assertThat(text(alert, "annotations", "description")).isNotBlank();
            })
        .extracting(alert -> text(alert, "alert"))
        .contains("LockstepAlertsLost")
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void theOptionsAreCurrentOnesOfFlinkWithTextsAsValues(Deployment deployment) {
    Map<String, String> options = new TreeMap<>();
    at(deployment.spec(), "flinkConfiguration")
        .forEach(
            (key, value) -> {
              assertThat(value).as(String.valueOf(key)).isInstanceOf(String.class);
              options.put(String.valueOf(key), String.valueOf(value));
            });

    assertThat(FlinkOptionKeys.read().problems(options)).isEmpty();
    assertThat(options).doesNotContainKeys("kubernetes.namespace", "kubernetes.cluster-id");
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void theOptionsLetOurJobsStart(Deployment deployment) {
    Map<String, String> options = new TreeMap<>();
    at(deployment.spec(), "flinkConfiguration")
        .forEach((key, value) -> options.put(String.valueOf(key), String.valueOf(value)));

    assertThat(FlinkSettings.environment(options).getCheckpointInterval()).isEqualTo(10_000);
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void theEntryClassIsAJobOfOurs(Deployment deployment) throws Exception {
    Class<?> entry = Class.forName(text(deployment.spec(), "job", "entryClass"));

    assertThat(entry.getMethod("main", String[].class)).isNotNull();
    assertThat(text(deployment.spec(), "job", "jarURI")).endsWith("/lockstep-job-cluster.jar");
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void theArgumentsNameTheMountedOptionsAndAreAccepted(Deployment deployment) {
    String mounted = mountPath(deployment, "lockstep-config");

    String[] args =
        list(at(deployment.spec(), "job"), "args").stream()
            .map(argument -> String.valueOf(argument).replace(mounted, BASE.toString()))
            .toArray(String[]::new);

    LockstepConfig config = JobArguments.config(args);
    assertThat(args[1]).isEqualTo(BASE.resolve("lockstep.yaml").toString());
    assertThat(config).isNotEqualTo(ConfigReader.read(null, Map.of()));
  }

  @Test
  void theRulesAreMountedWhereTheDetectionJobLooks() throws IOException {
    LockstepConfig config = ConfigReader.read(BASE.resolve("lockstep.yaml"), Map.of());

    assertThat(mountPath(deployments().get(0), "lockstep-rules"))
        .isEqualTo(config.rules().directory());
  }

  @Test
  void everySecretThatTheOptionsReferToIsInAnEnvironmentFromASecret() throws IOException {
    List<String> variables = new ArrayList<>();
    for (Deployment deployment : deployments()) {
      for (Object variable : list(container(deployment), "env")) {
        if (((Map<?, ?>) variable).containsKey("valueFrom")) {
          assertThat(text((Map<?, ?>) variable, "valueFrom", "secretKeyRef", "name")).isNotBlank();
          variables.add(text((Map<?, ?>) variable, "name"));
        }
      }
    }
    List<String> references =
        RepositoryFiles.lines(BASE.resolve("lockstep.yaml")).stream()
            .filter(line -> line.contains(": env:"))
            .map(line -> line.replaceFirst(".*: env:", ""))
            .toList();

    assertThat(references).isNotEmpty();
    assertThat(variables).containsExactlyInAnyOrderElementsOf(references);
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void containersRunWithoutPrivileges(Deployment deployment) {
    assertThat(at(deployment.spec(), "podTemplate", "spec", "securityContext").get("runAsNonRoot"))
        .isEqualTo(true);
    assertThat(at(container(deployment), "securityContext").get("allowPrivilegeEscalation"))
        .isEqualTo(false);
    assertThat(text(deployment.spec(), "serviceAccount")).isEqualTo("lockstep");
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void metricsLeaveByThePortThatTheContainerDeclares(Deployment deployment) {
    Map<?, ?> port = (Map<?, ?>) list(container(deployment), "ports").get(0);

    assertThat(at(deployment.spec(), "flinkConfiguration").get("metrics.reporter.prom.port"))
        .isEqualTo(String.valueOf(port.get("containerPort")));
  }

  @Test
  void deploymentsShareNoStorage() throws IOException {
    List<String> directories = new ArrayList<>();
    for (Deployment deployment : deployments()) {
      at(deployment.spec(), "flinkConfiguration").values().stream()
          .map(String::valueOf)
          .filter(value -> value.startsWith("s3://"))
          .forEach(directories::add);
    }

    assertThat(directories).hasSize(6).doesNotHaveDuplicates();
  }

  private static Map<?, ?> kustomization() {
    return (Map<?, ?>) RepositoryFiles.documents(BASE.resolve("kustomization.yaml")).get(0);
  }

  /** Returns where the main container mounts the config map of this name. */
  private static String mountPath(Deployment deployment, String configMap) {
    for (Object volume : list(at(deployment.spec(), "podTemplate", "spec"), "volumes")) {
      if (((Map<?, ?>) volume).containsKey("configMap")
          && text((Map<?, ?>) volume, "configMap", "name").equals(configMap)) {
        return list(container(deployment), "volumeMounts").stream()
            .map(Map.class::cast)
            .filter(mount -> text(mount, "name").equals(text((Map<?, ?>) volume, "name")))
            .map(mount -> text(mount, "mountPath"))
            .findFirst()
            .orElseThrow();
      }
    }
    throw new AssertionError(deployment + " mounts no " + configMap);
  }

  private static Map<?, ?> container(Deployment deployment) {
    List<?> containers = list(at(deployment.spec(), "podTemplate", "spec"), "containers");
    assertThat(text((Map<?, ?>) containers.get(0), "name")).isEqualTo("flink-main-container");
    return (Map<?, ?>) containers.get(0);
  }

  private static Map<?, ?> at(Map<?, ?> map, String... path) {
    Map<?, ?> current = map;
    for (String key : path) {
      if (!(current.get(key) instanceof Map<?, ?> below)) {
        throw new AssertionError("%s is no map, was %s".formatted(key, current.get(key)));
      }
      current = below;
    }
    return current;
  }

  private static List<?> list(Map<?, ?> map, String key) {
    if (map.get(key) instanceof List<?> list) {
      return list;
    }
    throw new AssertionError("%s is no list, was %s".formatted(key, map.get(key)));
  }

  private static String text(Map<?, ?> map, String... path) {
    String last = path[path.length - 1];
    Object value = at(map, Arrays.copyOf(path, path.length - 1)).get(last);
    if (value instanceof String text) {
      return text;
    }
    throw new AssertionError("%s is no text, was %s".formatted(last, value));
  }
}
