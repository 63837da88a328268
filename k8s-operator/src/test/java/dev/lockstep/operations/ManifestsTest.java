package dev.lockstep.operations;

import static dev.lockstep.operations.BuiltManifests.stream;
import static dev.lockstep.operations.BuiltManifests.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.job.JobArguments;
import dev.lockstep.job.config.ConfigReader;
import dev.lockstep.job.config.FlinkSettings;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.operations.BuiltManifests.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Manifests as kustomize builds them, by every check there is without a cluster. */
class ManifestsTest {

  /** Of the options of a FlinkDeployment those that the platform or the place decide. */
  private static final Set<String> OF_THE_PLACE =
      Set.of(
          "execution.checkpointing.dir",
          "execution.checkpointing.savepoint-dir",
          "high-availability.storageDir",
          "high-availability.type",
          "jobmanager.archive.fs.dir",
          "state.backend.rocksdb.localdir",
          "state.backend.type",
          "taskmanager.numberOfTaskSlots");

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
  private static final Pattern LABEL =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
  private static final Pattern REFERENCE = Pattern.compile("(?:: |\\$\\{)env:([A-Z_]+)");

  private static final ManifestCheck CHECK = new ManifestCheck();

  static List<Deployment> deployments() {
    return BuiltManifests.deployments();
  }

  @Test
  void thereAreTwoEnginesAndParityOnlyInProduction() {
    assertThat(deployments())
        .extracting(Deployment::toString)
        .containsExactlyInAnyOrder(
            "staging: lockstep-detection",
            "staging: lockstep-index",
            "production: lockstep-index",
            "production: lockstep-parity",
            "blue: lockstep-detection-blue",
            "green: lockstep-detection-green");
  }

  @Test
  void everyManifestFitsItsSchemaAndItsClass() {
    assertThat(BuiltManifests.all()).hasSizeGreaterThan(30).flatMap(CHECK::problems).isEmpty();
  }

  @Test
  void theOperatorHasNothingToSayAgainstThem() throws Exception {
    try (OperatorValidator validator = OperatorValidator.load()) {
      for (Deployment deployment : deployments()) {
        assertThat(validator.objection(CHECK.deployment(deployment.manifest())))
            .as(deployment.toString())
            .isEmpty();
      }
    }
  }

  @Test
  void namesAndLabelsAreAsKubernetesWantsThem() {
    assertThat(BuiltManifests.all())
        .allSatisfy(
            manifest -> {
              assertThat(manifest.at("/metadata/name").asText()).matches(NAME);
              assertThat(texts(manifest.at("/metadata/labels")).values())
                  .allSatisfy(label -> assertThat(label).matches(LABEL));
            });
  }

  @Test
  void overlaysThatShareANamespaceMakeDifferentThings() {
    assertThat(
            Stream.of("production", "blue", "green")
                .flatMap(overlay -> BuiltManifests.of(overlay).stream())
                .map(each -> each.path("kind").asText() + " " + each.at("/metadata/name").asText()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void optionsAreCurrentOnesOfFlinkAndTheOperatorWithTextsAsValues(Deployment deployment) {
    assertThat(deployment.spec().path("flinkConfiguration")).allMatch(JsonNode::isTextual);
    assertThat(FlinkOptionKeys.read().problems(deployment.flinkOptions())).isEmpty();
    assertThat(deployment.flinkOptions())
        .doesNotContainKeys("kubernetes.namespace", "kubernetes.cluster-id");
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void optionsAreThoseOfFlinkConfButForThePlace(Deployment deployment) {
    Configuration production =
        GlobalConfiguration.loadConfiguration(
            RepositoryFiles.at("flink-conf/production").toString());
    Map<String, String> own = new TreeMap<>(deployment.flinkOptions());
    own.keySet().removeIf(key -> key.startsWith("kubernetes.") || OF_THE_PLACE.contains(key));

    assertThat(production.toMap()).containsAllEntriesOf(own);
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void optionsLetOurJobsStart(Deployment deployment) {
    Map<String, String> options = new TreeMap<>(deployment.flinkOptions());

    assertThat(FlinkSettings.environment(options).getCheckpointInterval()).isEqualTo(10_000);
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void theEntryClassIsAJobOfOurs(Deployment deployment) throws Exception {
    Class<?> entry = Class.forName(deployment.spec().at("/job/entryClass").asText());

    assertThat(entry.getMethod("main", String[].class)).isNotNull();
    assertThat(deployment.spec().at("/job/jarURI").asText())
        .endsWith("/usrlib/lockstep-job-cluster.jar");
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void jobArgumentsAreOptionsOfOurs(Deployment deployment, @TempDir Path folder)
      throws IOException {
    LockstepConfig config = JobArguments.config(arguments(deployment, folder));

    String component = deployment.component();
    assertThat(config.engine())
        .isEqualTo(
            component.equals("detection")
                ? deployment.overlay()
                : component.replace("detection-", ""));
    assertThat(config.rules().directory()).isEqualTo("/opt/lockstep/rules");
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void everySecretIsInTheEnvironmentByReference(Deployment deployment) {
    Set<String> given = new TreeSet<>();
    for (JsonNode variable : deployment.container().path("env")) {
      assertThat(variable.has("value")).as(variable.toString()).isFalse();
      assertThat(variable.at("/valueFrom/secretKeyRef/name").asText()).startsWith("lockstep-");
      given.add(variable.path("name").asText());
    }
    Set<String> wanted = new TreeSet<>();
    Matcher reference = REFERENCE.matcher(options(deployment));
    while (reference.find()) {
      wanted.add(reference.group(1));
    }

    assertThat(wanted).hasSize(3).containsAll(given);
    assertThat(given).contains("KAFKA_PASSWORD");
    // Each job has the secrets that it uses, and no other.
    assertThat(given.contains("LAUNCHDARKLY_SDK_KEY"))
        .isEqualTo(deployment.name().contains("detection"));
    assertThat(given.contains("ELASTICSEARCH_API_KEY"))
        .isEqualTo(deployment.name().contains("index"));
  }

  @Test
  void noManifestHoldsASecret() {
    assertThat(BuiltManifests.ofKind("Secret")).isEmpty();
    assertThat(BuiltManifests.ofKind("ConfigMap"))
        .allSatisfy(map -> assertThat(map.toString()).doesNotContain("password=\\\\\"[^$]"));
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void filesThatOptionsNameAreMounted(Deployment deployment) {
    List<String> mounts =
        stream(deployment.container().path("volumeMounts"))
            .map(mount -> mount.path("mountPath").asText())
            .toList();
    List<String> volumes =
        stream(deployment.podSpec().path("volumes"))
            .map(volume -> volume.path("name").asText())
            .toList();

    assertThat(options(deployment).lines().filter(line -> line.contains(": /opt/lockstep/")))
        .allMatch(
            line ->
                mounts.stream().anyMatch(line::contains)
                    // Rules are for the detection job alone.
                    || line.startsWith("rules.directory"));
    assertThat(
            stream(deployment.container().path("volumeMounts"))
                .map(mount -> mount.path("name").asText()))
        .containsExactlyInAnyOrderElementsOf(volumes);
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void containersHaveNoPrivilegesAndWriteToVolumesAlone(Deployment deployment) {
    JsonNode security = deployment.container().path("securityContext");

    assertThat(deployment.podSpec().at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
    assertThat(security.path("capabilities").has("add")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void thereIsAnAccountWithARoleForIt(Deployment deployment) {
    String account = deployment.spec().path("serviceAccount").asText();
    String namespace = deployment.manifest().at("/metadata/namespace").asText();
    assertThat(BuiltManifests.ofKind("ServiceAccount"))
        .anyMatch(
            each ->
                each.at("/metadata/name").asText().equals(account)
                    && each.at("/metadata/namespace").asText().equals(namespace));
    assertThat(BuiltManifests.ofKind("RoleBinding"))
        .anyMatch(
            binding ->
                stream(binding.path("subjects"))
                    .anyMatch(
                        subject ->
                            subject.path("name").asText().equals(account)
                                && subject.path("namespace").asText().equals(namespace)));
  }

  @Test
  void rolesNameNoSecretsAndNoWildcards() {
    assertThat(BuiltManifests.ofKind("Role"))
        .isNotEmpty()
        .flatMap(role -> stream(role.path("rules")).toList())
        .allSatisfy(
            rule -> assertThat(rule.toString()).doesNotContain("\"*\"").doesNotContain("secrets"));
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void metricsLeaveByThePortThatTheContainerDeclares(Deployment deployment) {
    JsonNode port = deployment.container().at("/ports/0");

    assertThat(deployment.flinkOptions().get("metrics.reporter.prom.port"))
        .isEqualTo(port.path("containerPort").asText());
    for (JsonNode monitor : BuiltManifests.ofKind("PodMonitor")) {
      assertThat(monitor.at("/spec/podMetricsEndpoints/0/port")).isEqualTo(port.path("name"));
      assertThat(deployment.podLabels("taskmanager"))
          .containsAllEntriesOf(texts(monitor.at("/spec/selector/matchLabels")));
    }
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void twoBudgetsHoldItsPodsAndNoOtherOnes(Deployment deployment) {
    for (String component : List.of("jobmanager", "taskmanager")) {
      assertThat(BuiltManifests.of(deployment.overlay()))
          .filteredOn(each -> each.path("kind").asText().equals("PodDisruptionBudget"))
          .filteredOn(
              budget ->
                  deployment
                      .podLabels(component)
                      .entrySet()
                      .containsAll(texts(budget.at("/spec/selector/matchLabels")).entrySet()))
          .as("budgets of its %ss".formatted(component))
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void itsPodsSpreadByTheirOwnLabel(Deployment deployment) {
    assertThat(stream(deployment.podSpec().path("topologySpreadConstraints")))
        .hasSize(2)
        .allMatch(
            spread ->
                texts(spread.at("/labelSelector/matchLabels"))
                    .equals(Map.of("app.kubernetes.io/component", deployment.component())));
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void networkPoliciesHoldItsPods(Deployment deployment) {
    List<JsonNode> policies =
        BuiltManifests.ofKind("NetworkPolicy").stream()
            .filter(
                policy ->
                    deployment
                        .podLabels("taskmanager")
                        .entrySet()
                        .containsAll(texts(policy.at("/spec/podSelector/matchLabels")).entrySet()))
            .toList();

    assertThat(policies)
        .flatMap(policy -> stream(policy.at("/spec/policyTypes")).toList())
        .extracting(JsonNode::asText)
        .contains("Ingress", "Egress");
    boolean mayReachElasticsearch = policies.toString().contains("\"port\":9200");
    assertThat(mayReachElasticsearch).isEqualTo(deployment.component().equals("index"));
  }

  @Test
  void jobsShareNoStorage() {
    assertThat(
            deployments().stream()
                .flatMap(
                    each ->
                        each.flinkOptions().entrySet().stream()
                            .filter(option -> option.getValue().startsWith("s3://"))
                            .filter(option -> !option.getKey().startsWith("jobmanager.archive"))
                            .map(Map.Entry::getValue)))
        .hasSize(3 * 6)
        .doesNotHaveDuplicates();
  }

  /** The operator's blue and green has no published schema, but holds the spec of a deployment. */
  @Test
  void examplesFitTheirSchemas() throws Exception {
    List<JsonNode> examples =
        RepositoryFiles.files(RepositoryFiles.at("k8s-operator/examples")).stream()
            .flatMap(file -> RepositoryFiles.documents(file).stream())
            .map(ManifestsTest::asDeployment)
            .toList();

    assertThat(examples).hasSize(4).flatMap(CHECK::problems).isEmpty();
    try (OperatorValidator validator = OperatorValidator.load()) {
      for (JsonNode example : examples) {
        if (example.path("kind").asText().equals("FlinkDeployment")) {
          assertThat(validator.objection(CHECK.deployment(example))).isEmpty();
        }
      }
    }
  }

  @Test
  void theJobOfTheExampleIsReadByFlinkAndByUs() throws Exception {
    JsonNode spec =
        RepositoryFiles.documents(RepositoryFiles.at("k8s-operator/examples/bluegreen.yaml"))
            .get(0)
            .at("/spec/template/spec");
    Map<String, String> options = texts(spec.path("flinkConfiguration"));
    String production =
        RepositoryFiles.at("k8s-operator/overlays/production/config/lockstep.yaml").toString();
    LockstepConfig config =
        JobArguments.config(
            stream(spec.at("/job/args"))
                .map(
                    argument ->
                        argument.asText().replace("/opt/lockstep/conf/lockstep.yaml", production))
                .toArray(String[]::new));

    assertThat(FlinkOptionKeys.read().problems(options)).isEmpty();
    assertThat(FlinkSettings.environment(options).getCheckpointInterval()).isEqualTo(10_000);
    assertThat(config.engine()).isEqualTo("trial");
    assertThat(config.kafka().guarantee().name()).isEqualTo("AT_LEAST_ONCE");
  }

  private static JsonNode asDeployment(JsonNode example) {
    if (!example.path("kind").asText().equals("FlinkBlueGreenDeployment")) {
      return example;
    }
    ObjectNode deployment = example.deepCopy();
    assertThat(texts(deployment.path("spec"))).containsOnlyKeys("configuration", "template");
    deployment.put("kind", "FlinkDeployment");
    deployment.set("spec", example.at("/spec/template/spec"));
    return deployment;
  }

  private static String options(Deployment deployment) {
    String map =
        stream(deployment.podSpec().path("volumes"))
            .filter(volume -> volume.path("name").asText().equals("config"))
            .map(volume -> volume.at("/configMap/name").asText())
            .findFirst()
            .orElseThrow();
    return BuiltManifests.of(deployment.overlay()).stream()
        .filter(each -> each.path("kind").asText().equals("ConfigMap"))
        .filter(each -> each.at("/metadata/name").asText().equals(map))
        .map(each -> each.at("/data/lockstep.yaml").asText())
        .findFirst()
        .orElseThrow();
  }

  private static String[] arguments(Deployment deployment, Path folder) throws IOException {
    Files.writeString(folder.resolve("lockstep.yaml"), options(deployment));
    return stream(deployment.spec().at("/job/args"))
        .map(argument -> argument.asText().replace("/opt/lockstep/conf", folder.toString()))
        .toArray(String[]::new);
  }

  @Test
  void theFilesThatProductionShowsInACommentAreRead(@TempDir Path folder) throws IOException {
    String production =
        RepositoryFiles.text(
            RepositoryFiles.at("k8s-operator/overlays/production/config/lockstep.yaml"));
    Path withFiles = folder.resolve("lockstep.yaml");
    Files.writeString(withFiles, production.replace("\n#files.", "\nfiles."));

    LockstepConfig config = ConfigReader.read(withFiles, Map.of());

    assertThat(config.files().sources())
        .singleElement()
        .satisfies(
            source -> {
              assertThat(source.paths().toString()).startsWith("[s3://customer-logs/{customer}/");
              assertThat(source.format().name()).isEqualTo("alb");
            });
    assertThat(config.files().limits().discoveryInterval()).hasSeconds(30);
  }

  @Test
  void everyAccountThatTheExampleGivesARoleIsOneOfOurs() {
    List<String> accounts =
        BuiltManifests.of("production").stream()
            .filter(each -> each.path("kind").asText().equals("ServiceAccount"))
            .map(each -> each.at("/metadata/name").asText())
            .toList();

    assertThat(
            RepositoryFiles.documents(
                RepositoryFiles.at("k8s-operator/examples/bucket-access.yaml")))
        .extracting(each -> each.at("/metadata/name").asText())
        .isSubsetOf(accounts);
  }

  @Test
  void productionIsReadAlikeByAllItsJobs() throws IOException {
    Path production = RepositoryFiles.at("k8s-operator/overlays/production/config/lockstep.yaml");

    assertThat(ConfigReader.read(production, Map.of()).kafka().clientProperties())
        .containsKeys("security.protocol", "sasl.jaas.config");
  }
}
