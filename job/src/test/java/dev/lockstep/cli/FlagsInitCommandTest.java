package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlagsInitCommandTest {

  private final Path file;

  FlagsInitCommandTest(@TempDir Path folder) {
    this.file = folder.resolve("flags.json");
  }

  @Test
  void explainAcceptsTheFileAndSaysThatNothingGoesLive() {
    CommandRun init = CommandRun.of("flags", "init", "-o", file);
    CommandRun explain =
        CommandRun.of("flags", "explain", "--flags", file, "--customer", "acme", "--rule", "r");

    assertThat(init.exitCode()).isEqualTo(ExitCode.GOOD);
    assertThat(init.err()).isEmpty();
    assertThat(explain.exitCode()).isEqualTo(ExitCode.GOOD);
    assertThat(explain.out()).contains("Ingress: let in\n", "Egress: shadow\n");
  }

  @Test
  void aCustomerInTheListOfTheFileGoesLive() throws IOException {
    CommandRun.of("flags", "init", "-o", file);
    String text = Files.readString(file);
    int egress = text.indexOf("lockstep-egress");
    Files.writeString(
        file,
        text.substring(0, egress)
            + text.substring(egress).replace("\"values\": []", "\"values\": [\"acme\"]"));

    CommandRun explain =
        CommandRun.of("flags", "explain", "--flags", file, "--customer", "acme", "--rule", "r");

    assertThat(explain.out()).contains("Egress: live\n");
  }

  @Test
  void theKeysAreThoseOfTheOptions() {
    String[] keys = {"-Dflags.ingress-key=in", "-Dflags.egress-key=out"};

    CommandRun init = CommandRun.of("flags", "init", "-o", file, keys[0], keys[1]);
    CommandRun same =
        CommandRun.of("flags", "explain", "--flags", file, "--customer", "a", keys[0], keys[1]);
    CommandRun other = CommandRun.of("flags", "explain", "--flags", file, "--customer", "a");

    assertThat(init.out()).contains("\"key\": \"in\"", "\"key\": \"out\"", "$LD_PROJECT/out");
    assertThat(same.exitCode()).isEqualTo(ExitCode.GOOD);
    assertThat(other.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
  }

  @Test
  void overwritesOnlyByForce() throws IOException {
    Files.writeString(file, "mine");

    CommandRun refused = CommandRun.of("flags", "init", "-o", file);
    assertThat(refused)
        .isEqualTo(
            new CommandRun(
                ExitCode.INPUT_ERROR,
                "",
                "lockstep: " + file + " is already there: --force overwrites it\n"));
    assertThat(file).hasContent("mine");

    assertThat(CommandRun.of("flags", "init", "-o", file, "--force").exitCode()).isZero();
    assertThat(Files.readString(file)).startsWith("{\n").endsWith("}\n");
  }

  @Test
  void theFileCanBeTheResultAndTheInstructionsAreBesideItThen() {
    CommandRun run = CommandRun.of("flags", "init", "-o", "-");
    CommandRun.of("flags", "init", "-o", file);

    assertThat(file).hasContent(run.out());
    assertThat(run.err()).startsWith("The same two flags in LaunchDarkly");
  }

  @Test
  void theInstructionsNameAllThatLaunchDarklyNeedsAndNoToken() {
    CommandRun run = CommandRun.of("flags", "init", "-o", file);

    assertThat(run.out())
        .startsWith("Wrote " + file + "\n")
        .contains(
            "keys customer, engine, event, rule",
            "\"$LD_API/flags/$LD_PROJECT\"",
            "$LD_API_TOKEN",
            "\"temporary\": false",
            "{\"value\": \"live\"}, {\"value\": \"shadow\"}, {\"value\": \"off\"}",
            "\"defaults\": {\"onVariation\": 1, \"offVariation\": 1}",
            "{\"environmentKey\": \"'\"$LD_ENVIRONMENT\"'\"",
            "Insights");
  }

  @Test
  void programsGetTheRequestsAsJson() {
    CommandRun run = CommandRun.of("flags", "init", "-o", file, "--format", "json");

    assertThat(run.out())
        .startsWith("{\n  \"file\" : \"" + file + "\"")
        .contains("\"path\" : \"/api/v2/flags/$LD_PROJECT\"", "\"steps\" : [", "\"notes\" : [");
  }

  @Test
  void refusesAKeyThatLaunchDarklyDoesNotTakeAndAPlaceThatIsNotThere() {
    CommandRun key = CommandRun.of("flags", "init", "-o", file, "-Dflags.egress-key=out's");
    CommandRun place = CommandRun.of("flags", "init", "-o", file.resolve("no/flags.json"));

    assertThat(key.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(key.err()).contains("letters, digits, dots, hyphens and underscores", "out's");
    assertThat(file).doesNotExist();
    assertThat(place.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(place.err()).contains("cannot write");
  }
}
