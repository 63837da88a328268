package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny bench from end to end; what it measures says nothing. */
class BenchCommandIT {

  @Test
  void measuresAndComparesAndWritesAPage(@TempDir Path folder) throws Exception {
    Path earlier = folder.resolve("earlier.json");
    Files.writeString(
        earlier,
        """
        {"at": "2026-01-01T00:00:00Z", "setup": {"seed": "8"}, "figures": [
          {"of": "pass-through, one customer has 50 %", "name": "events", "unit": "/s", "value": 900000000000, "better": "more"},
          {"of": "restart", "name": "alerts committed twice", "unit": "", "value": 0, "better": "less"}
        ]}
        """);
    Path page = folder.resolve("bench.html");
    Path json = folder.resolve("bench.json");
    Path rules = folder.resolve("rules");
    new RuleFolder(rules).rule("is-x", "x");
    Path events = folder.resolve("events.ndjson");
    Files.writeString(events, "{\"field\":\"x\"}\n{\"field\":\"y\"}\n{\"field\":\"z\"}\n");

    CommandRun run =
        CommandRun.of(
            "bench",
            "--rules",
            rules,
            "--events",
            events,
            "--match-rate",
            "10%",
            "--skew",
            "50%",
            "--count",
            "30000",
            "--parallelism",
            "1",
            "--checkpoints",
            "1s",
            "--latency",
            "3s",
            "--seed",
            "7",
            "--compare",
            earlier,
            "--json",
            json,
            "--html",
            page);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(run.out())
        .contains(
            "pass-through",
            "detection, 2 rules, one customer has 50 %",
            "latency, read_committed",
            "restart")
        .contains("! seed: 7, was 8")
        .contains("1 figure is more than 10 % worse");
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    assertThat(result.path("comparison").path("good").asBoolean(true)).isFalse();
    assertThat(figure(result, "detection, 2 rules, one customer has 50 %", "events")).isPositive();
    assertThat(figure(result, "detection, 2 rules, one customer has 50 %", "of pass-through"))
        .isPositive();
    assertThat(figure(result, "detection, 2 rules, one customer has 50 %", "records written"))
        .isPositive();
    assertThat(figure(result, "latency, read_uncommitted", "alerts seen")).isPositive();
    assertThat(figure(result, "latency, read_committed", "p50")).isPositive();
    assertThat(figure(result, "restart", "until an alert, read_committed")).isPositive();
    assertThat(figure(result, "restart", "alerts committed twice")).isZero();
    assertThat(Files.readString(page, UTF_8))
        .contains(
            "<h2>As fast as it goes</h2>", "<polyline", "detection, 2 rules, one customer has 50 %")
        .doesNotContain("http://", "https://", "<script");
  }

  @Test
  void saysWhatCannotBeUsed(@TempDir Path folder) throws Exception {
    Path nothing = folder.resolve("nothing.json");
    Files.writeString(nothing, "{}");
    CommandRun compared = CommandRun.of("bench", "--compare", nothing);
    assertThat(compared.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
    assertThat(compared.err()).contains(nothing + " is no result of lockstep bench --json");

    assertThat(CommandRun.of("bench", "--count", "10", "--warm-up", "10"))
        .isEqualTo(
            new CommandRun(
                ExitCode.INPUT_ERROR, "", "lockstep: there must be more events than warm up\n"));

    Path events = folder.resolve("events.ndjson");
    Files.writeString(events, "{\"customer\":\"acme\"}\n");
    assertThat(CommandRun.of("bench", "--events", events).err())
        .contains(events + ":1: must have no customer");
  }

  private static long figure(JsonNode result, String of, String name) {
    List<JsonNode> found = new ArrayList<>();
    result
        .path("figures")
        .forEach(
            figure -> {
              if (figure.path("of").asText().equals(of)
                  && figure.path("name").asText().equals(name)) {
                found.add(figure);
              }
            });
    assertThat(found).as(of + ": " + name).hasSize(1);
    return found.get(0).path("value").asLong();
  }
}
