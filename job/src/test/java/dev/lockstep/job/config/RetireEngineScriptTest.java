package dev.lockstep.job.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The script that ends an upgrade, with commands on its path that write down how they are called.
 */
class RetireEngineScriptTest {

  private static final String SUSPEND =
      "kubectl --namespace lockstep patch flinkdeployment/lockstep-detection-blue --type merge"
          + " --patch {\"spec\":{\"job\":{\"state\":\"suspended\",\"upgradeMode\":\"savepoint\"}}}";
  private static final String AWAIT =
      "kubectl --namespace lockstep wait flinkdeployment/lockstep-detection-blue --timeout=10m"
          + " --for=jsonpath={.status.lifecycleState}=SUSPENDED";

  private Path folder;
  private Path calls;

  @BeforeEach
  void makeCommands(@TempDir Path temporary) throws IOException {
    folder = temporary;
    calls = temporary.resolve("calls");
    Files.createFile(calls);
    command("lockstep", "exit 0");
    command("kubectl", "exit 0");
  }

  @Test
  void suspendsTheOldEngineWhenBothDoTheSame() throws Exception {
    Run run =
        run("blue", "green", "--config", "c.yaml", "--", "--customer", "a b", "--tolerance", "1%");

    assertThat(run.exitCode).isZero();
    assertThat(Files.readAllLines(calls))
        .containsExactly(
            "kubectl --namespace lockstep get flinkdeployment/lockstep-detection-blue",
            "kubectl --namespace lockstep get flinkdeployment/lockstep-detection-green",
            "lockstep compare blue green --config c.yaml --wait --timeout 2h --customer a b"
                + " --tolerance 1%",
            SUSPEND,
            AWAIT);
    assertThat(run.err).contains("blue is suspended. The way back: kubectl");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 70})
  void stopsNothingUnlessTheyAgree(int exitCode) throws Exception {
    command("lockstep", "echo '✗ blue and green differ'; exit " + exitCode);

    Run run = run("blue", "green", "--config", "c.yaml", "--timeout", "10m");

    assertThat(run.exitCode).isEqualTo(exitCode);
    assertThat(run.err).contains("blue goes on");
    assertThat(run.out).contains("✗ blue and green differ");
    assertThat(Files.readString(calls)).contains("--timeout 10m").doesNotContain(" patch ");
  }

  @Test
  void asksNobodyToWaitForAnEngineThatIsNotThere() throws Exception {
    command("kubectl", "case \"$*\" in *-green) echo NotFound >&2; exit 1;; esac");

    Run run = run("blue", "green", "--config", "c.yaml", "--namespace", "prod");

    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err)
        .contains("NotFound", "no flinkdeployment/lockstep-detection-green in namespace prod");
    assertThat(Files.readString(calls)).doesNotContain("lockstep compare", " patch ");
  }

  @Test
  void saysThatTheOldEngineGoesOnWhenKubernetesRefuses() throws Exception {
    command("kubectl", "case \"$*\" in *patch*) exit 1;; esac");

    Run run = run("blue", "green", "--config", "c.yaml");

    assertThat(run.exitCode).isEqualTo(3);
    assertThat(run.err).contains("blue goes on: Kubernetes did not take the change");
  }

  @Test
  void saysThatTheOldEngineHasNotStoppedYet() throws Exception {
    command("kubectl", "case \"$*\" in *wait*) exit 1;; esac");

    Run run = run("blue", "green", "--config", "c.yaml");

    assertThat(run.exitCode).isEqualTo(3);
    assertThat(run.err).contains("blue was asked to stop and has not yet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "blue",
        "blue green",
        "blue green red --config c",
        "blue green --config",
        "blue green --config c --force"
      })
  void tellsHowItIsUsed(String arguments) throws Exception {
    Run run = run(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));

    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err).contains("retire-engine.sh OLD NEW --config FILE");
    assertThat(calls).isEmptyFile();
  }

  private void command(String name, String body) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(
        file, "#!/usr/bin/env bash\necho \"" + name + " $*\" >> '" + calls + "'\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private Run run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(RepositoryFiles.at("k8s-operator/scripts/retire-engine.sh").toString());
    Stream.of(arguments).forEach(command::add);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().merge("PATH", folder.toString(), (path, own) -> own + ":" + path);
    Process process = builder.start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("the script ends").isTrue();
    return new Run(
        process.exitValue(),
        Files.readString(folder.resolve("out"), UTF_8),
        Files.readString(folder.resolve("err"), UTF_8));
  }

  private record Run(int exitCode, String out, String err) {}
}
