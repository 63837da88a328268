package dev.lockstep.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.operations.BuiltManifests.Deployment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Reads the Dockerfile, where there is nothing to build it with. */
class ImageTest {

  /** Its instructions, each on one line, without comments. */
  private static final List<String> INSTRUCTIONS = instructions();

  private static List<String> instructions() {
    List<String> instructions = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    RepositoryFiles.text(RepositoryFiles.at("k8s-operator/image/Dockerfile"))
        .lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .forEach(
            line -> {
              open.append(line.strip().replaceFirst("\\\\$", " "));
              if (!line.endsWith("\\")) {
                instructions.add(open.toString());
                open.setLength(0);
              }
            });
    return instructions;
  }

  private static List<String> of(String instruction) {
    return INSTRUCTIONS.stream().filter(each -> each.startsWith(instruction + " ")).toList();
  }

  @Test
  void theBaseIsTheFlinkAndJavaThatTheManifestsSay() {
    assertThat(INSTRUCTIONS.get(0)).isEqualTo("ARG FLINK=flink:1.20-java17");
    assertThat(of("FROM")).containsExactly("FROM ${FLINK}");
    assertThat(BuiltManifests.deployments())
        .allMatch(each -> each.spec().path("flinkVersion").asText().equals("v1_20"));
  }

  @Test
  void itRunsAsTheUserOfTheManifests() {
    assertThat(INSTRUCTIONS.get(INSTRUCTIONS.size() - 1)).isEqualTo("USER 9999:9999");
    assertThat(BuiltManifests.deployments())
        .allMatch(each -> each.podSpec().at("/securityContext/runAsUser").asInt() == 9999);
  }

  @Test
  void theJarLiesWhereTheManifestsLookForIt() {
    assertThat(of("COPY"))
        .anyMatch(copy -> copy.endsWith(" /opt/flink/usrlib/lockstep-job-cluster.jar"));
    assertThat(BuiltManifests.deployments())
        .extracting(each -> each.spec().at("/job/jarURI").asText())
        .containsOnly("local:///opt/flink/usrlib/lockstep-job-cluster.jar");
  }

  /** Two would both take s3:// for theirs. */
  @Test
  void onePluginReadsBucketsAndItsIdentityIsThatOfThePod() {
    assertThat(of("RUN").stream().flatMap(run -> Arrays.stream(run.split(" ", -1))))
        .filteredOn(word -> word.contains("/opt/flink-"))
        .containsExactly("\"$FLINK_HOME\"/opt/flink-s3-fs-hadoop-*.jar");
    assertThat(BuiltManifests.deployments())
        .extracting(each -> each.flinkOptions().get("fs.s3a.aws.credentials.provider"))
        .containsOnly("com.amazonaws.auth.DefaultAWSCredentialsProviderChain");
  }

  @Test
  void itTakesNothingFromTheNetworkAndKeepsNoSecret() {
    assertThat(INSTRUCTIONS)
        .noneMatch(each -> each.matches("ADD .*|.*(curl|wget|apt|pip|npm) .*"))
        .noneMatch(each -> each.matches("(?i)(ENV|ARG) .*(key|secret|token|password).*"));
    assertThat(INSTRUCTIONS).noneMatch(each -> each.contains(":latest"));
  }

  @Test
  void whatItCopiesBelongsToRootAndCanBeWrittenByNobody() {
    assertThat(of("COPY")).hasSize(3).allMatch(copy -> copy.contains("--chown=0:0 --chmod=0444"));
  }

  @Test
  void theContextIsWhatItCopies() {
    Set<String> copied = new TreeSet<>();
    of("COPY").forEach(copy -> copied.add("!" + copy.split("\\s+", -1)[3]));
    assertThat(
            RepositoryFiles.text(RepositoryFiles.at(".dockerignore"))
                .lines()
                .filter(line -> line.startsWith("!")))
        .containsExactlyInAnyOrderElementsOf(copied);
  }

  @Test
  void foldersThatPodsWriteToAreVolumes() {
    for (Deployment deployment : BuiltManifests.deployments()) {
      assertThat(deployment.container().path("volumeMounts").toString())
          .contains("\"/tmp\"", "\"/opt/flink/log\"");
      String local = deployment.flinkOptions().get("state.backend.rocksdb.localdir");
      if (local != null) {
        assertThat(deployment.container().path("volumeMounts").toString()).contains(local);
      }
    }
  }
}
