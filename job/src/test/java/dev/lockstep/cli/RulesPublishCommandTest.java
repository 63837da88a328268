package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.content.BundleArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RulesPublishCommandTest {
  private final Path bundle;
  private final Path engine;
  private final Path temporary;

  RulesPublishCommandTest(@TempDir Path temporary) throws IOException {
    this.temporary = temporary;
    this.bundle = temporary.resolve("anything.tar.gz");
    this.engine = Files.createDirectory(temporary.resolve("engine"));
  }

  @BeforeEach
  void makeBundle() throws IOException {
    RuleFolder rules = new RuleFolder(temporary.resolve("content"));
    rules.rule("a", "x");
    CommandRun.of("rules", "bundle", rules.path(), "-o", bundle, "--name", "base");
  }

  @Test
  void putsABundleIntoAFolderUnderItsName() throws IOException {
    CommandRun run = CommandRun.of("rules", "publish", bundle, "--to-directory", engine);

    Path place = engine.resolve("base.tar.gz");
    String version = BundleArchive.decode(Files.readAllBytes(place)).manifest().version();
    assertThat(place).hasSameBinaryContentAs(bundle);
    assertThat(run)
        .isEqualTo(
            new CommandRun(
                0,
                """
                bundle base, version %s, 1 rule: %s
                wait for the engines:  lockstep rules status --wait %s
                """
                    .formatted(version, place, version),
                ""));
    try (var files = Files.list(engine)) {
      assertThat(files).containsExactly(place);
    }
  }

  @Test
  void replacesTheShardsOfAnEarlierVersion() throws IOException {
    Files.copy(bundle, engine.resolve("base-1-of-2.tar.gz"));
    Path other = Files.copy(bundle, engine.resolve("base-line.tar.gz"));

    CommandRun.of("rules", "publish", bundle, "--to-directory", engine);

    try (var files = Files.list(engine)) {
      assertThat(files).containsExactlyInAnyOrder(engine.resolve("base.tar.gz"), other);
    }
  }

  @Test
  void writesAConfigMap() throws IOException {
    CommandRun run =
        CommandRun.of(
            "rules", "publish", bundle, "--to-config-map", "-", "--config-map-name", "my-rules");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: my-rules
            binaryData:
              base.tar.gz: %s
            """
                .formatted(Base64.getEncoder().encodeToString(Files.readAllBytes(bundle))));
    assertThat(run.err())
        .contains("bundle base, version ", "my-rules", "kubectl apply --server-side -f -");
  }

  @Test
  void writesConfigMapsIntoAFileAndPrintsJsonForPrograms() throws IOException {
    Path file = temporary.resolve("maps.yaml");
    CommandRun run =
        CommandRun.of("rules", "publish", bundle, "--to-config-map", file, "--format", "json");

    assertThat(file).content().startsWith("apiVersion: v1").contains("name: lockstep-rules\n");
    assertThat(run.out())
        .contains("\"name\" : \"base\"", "\"rules\" : 1", "\"places\" : [ \"lockstep-rules\" ]");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void publishesNothingThatIsNotWhole() throws IOException {
    byte[] bytes = Files.readAllBytes(bundle);
    Files.write(bundle, Arrays.copyOf(bytes, bytes.length - 9));

    CommandRun run = CommandRun.of("rules", "publish", bundle, "--to-directory", engine);

    assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(run.err()).startsWith("lockstep: cannot use " + bundle + ": ");
    assertThat(engine).isEmptyDirectory();
  }

  @Test
  void publishesOneBundleAtATime() throws IOException {
    RuleFolder others = new RuleFolder(temporary.resolve("others"));
    others.rule("b", "y");
    Path other = temporary.resolve("others.tar.gz");
    CommandRun.of("rules", "bundle", others.path(), "-o", other);

    assertThat(CommandRun.of("rules", "publish", bundle, other, "--to-directory", engine))
        .isEqualTo(
            new CommandRun(
                ExitCode.INPUT_ERROR,
                "",
                "lockstep: these are 2 bundles: publish them one by one\n"));
  }

  @Test
  void needsOneTargetThatIsThere() {
    assertThat(CommandRun.of("rules", "publish", bundle).exitCode())
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(
            CommandRun.of("rules", "publish", bundle, "--to-directory", engine, "--to-kafka")
                .exitCode())
        .isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(CommandRun.of("rules", "publish", bundle, "--to-directory", "nowhere").err())
        .isEqualTo("lockstep: there is no folder nowhere\n");
    assertThat(
            CommandRun.of(
                    "rules", "publish", bundle, "--to-config-map", "-", "--config-map-name", "A_B")
                .err())
        .startsWith("lockstep: the name of a ConfigMap must be");
  }

  @Test
  void endsWithThreeWhenKafkaIsNotThere() {
    CommandRun run =
        CommandRun.of(
            "rules",
            "publish",
            bundle,
            "--to-kafka",
            "--timeout",
            "1s",
            "-Dkafka.bootstrap-servers=127.0.0.1:1");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DEPENDENCY_FAILED);
    assertThat(run.err())
        .startsWith("lockstep: Kafka did not take it into topic rules: ")
        .endsWith("(kafka.bootstrap-servers: 127.0.0.1:1)\n");
  }
}
