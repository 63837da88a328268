package dev.lockstep.operations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KustomizationTest {

  private static final Path FOLDER = RepositoryFiles.at("k8s-operator");

  @ParameterizedTest
  @ValueSource(strings = {"base", "engine", "parity", "overlays/staging", "overlays/production"})
  void buildsWhatKubectlBuilds(String folder) throws Exception {
    agreesWithKubectl(FOLDER.resolve(folder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"overlays/blue", "overlays/green", "monitoring"})
  void buildsWhatKubectlBuildsOfNamesWithSuffixesAndHashes(String folder) throws Exception {
    agreesWithKubectl(FOLDER.resolve(folder));
  }

  private static void agreesWithKubectl(Path folder) throws Exception {
    Optional<Path> kubectl = Installed.find("kubectl");
    assumeTrue(kubectl.isPresent(), "kubectl is not installed: nothing to compare with");
    Process process =
        new ProcessBuilder(kubectl.orElseThrow().toString(), "kustomize", folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assumeTrue(process.waitFor() == 0, "kubectl has no kustomize that knows our fields");

    assertThat(Kustomization.build(folder))
        .containsExactlyInAnyOrderElementsOf(RepositoryFiles.documents(output, "kubectl"));
  }

  @Test
  void everyYamlFileBelongsToAKustomizationOrIsAnExample() {
    List<Path> listed = new ArrayList<>();
    for (Path file : RepositoryFiles.files(FOLDER)) {
      if (file.endsWith("kustomization.yaml")) {
        JsonNode kustomization = RepositoryFiles.documents(file).get(0);
        listed.add(file);
        Stream.of("resources", "configurations")
            .forEach(
                field ->
                    kustomization
                        .path(field)
                        .forEach(name -> listed.add(file.resolveSibling(name.asText()))));
        kustomization
            .path("configMapGenerator")
            .forEach(
                generator ->
                    generator
                        .path("files")
                        .forEach(name -> listed.add(file.resolveSibling(name.asText()))));
      }
    }

    assertThat(RepositoryFiles.files(FOLDER))
        .filteredOn(file -> file.toString().endsWith(".yaml"))
        .filteredOn(file -> !FOLDER.relativize(file).toString().matches("(examples|target|src)/.*"))
        .filteredOn(file -> !file.toString().endsWith(".test.yaml"))
        .isSubsetOf(listed);
  }

  @Test
  void refusesWhatItDoesNotKnow(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("kustomization.yaml"), "replacements: []\n");

    assertThatThrownBy(() -> Kustomization.build(folder))
        .hasMessageContaining("no field of a kustomization: replacements");
  }

  @Test
  void refusesPatchesThatFitNothing(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("one.yaml"), "kind: Role\nmetadata: {name: one}\n");
    Files.writeString(
        folder.resolve("kustomization.yaml"),
        """
        resources: [one.yaml]
        patches:
          - target: {kind: Role, name: other}
            patch: "[]"
        """);

    assertThatThrownBy(() -> Kustomization.build(folder))
        .hasMessageContaining("a patch fits nothing: {\"kind\":\"Role\",\"name\":\"other\"}");
  }

  @Test
  void refusesPatchesOfFieldsThatAreNotThere(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("one.yaml"), "kind: Role\nmetadata: {name: one}\n");
    Files.writeString(
        folder.resolve("kustomization.yaml"),
        """
        resources: [one.yaml]
        patches:
          - target: {kind: Role}
            patch: "[{op: replace, path: /spec/replicas, value: 1}]"
        """);

    assertThatThrownBy(() -> Kustomization.build(folder)).hasMessageContaining("does not fit");
  }

  @Test
  void refusesFilesOutsideOfItsFolder(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("kustomization.yaml"),
        "configMapGenerator: [{name: one, files: [../other.yaml]}]\n");

    assertThatThrownBy(() -> Kustomization.build(folder)).hasMessageContaining("must lie below it");
  }
}
