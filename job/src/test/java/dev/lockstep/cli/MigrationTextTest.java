package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.cli.Migration.Step;
import dev.lockstep.connector.launchdarkly.FlagKeys;
import dev.lockstep.connector.launchdarkly.FlagRoutes;
import dev.lockstep.connector.launchdarkly.LaunchDarklySettings;
import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.migration.Stage;
import dev.lockstep.migration.Thresholds;
import dev.lockstep.parity.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people and programs are told about a migration, of records as engines write them. */
class MigrationTextTest {

  private static final Instant NOW = RecordedParity.BEGIN.plusSeconds(7200);

  private final StringWriter out = new StringWriter();
  private final Path flags;
  private FlagRoutes routes;
  private Migration migration;

  MigrationTextTest(@TempDir Path folder) {
    flags = folder.resolve("flags.json");
  }

  @BeforeEach
  void judge() throws Exception {
    Files.writeString(
        flags,
        RecordedParity.flags(
            List.of("trickler"), List.of("acme", "globex"), List.of("wayne"), List.of("done")));
    routes =
        FlagRoutes.open(
            LaunchDarklySettings.file(List.of(flags.toString()), FlagKeys.DEFAULT),
            CustomerDirectory.EMPTY,
            Duration.ZERO,
            null);
    RecordedParity engines = new RecordedParity(5);
    for (String engine : List.of("blue", "green")) {
      engines.engine(engine, NOW, RecordedParity.BUNDLE, Duration.ofSeconds(4), routes.version());
    }
    engines.verdicts(Verdict.MATCHED, "acme", RecordedParity.BEGIN, 120);
    engines.verdicts(Verdict.MATCHED, "globex", RecordedParity.BEGIN, 99);
    engines.verdicts(Verdict.MATCHED, "done", RecordedParity.BEGIN, 99);
    migration =
        Migration.of(
            engines.records(),
            "blue",
            "green",
            List.of(),
            routes,
            null,
            Thresholds.DEFAULT,
            10_000,
            NOW);
  }

  @AfterEach
  void close() {
    routes.close();
  }

  @Test
  void statusSaysWhatBlocksWhom() {
    text().status(migration);

    assertThat(out.toString())
        .containsPattern("acme +shadow full +120 +0 +live, safe\n")
        .containsPattern("globex +shadow full +99 +0 +live, not safe\n")
        .contains("✗ 99 alerts compared, 100 are needed")
        .containsPattern("done +retired +99 +0 +done\n")
        .contains("1 customer can take the next step");
  }

  @Test
  void planShowsTheWholeWay() {
    text().plan(migration, routes);

    assertThat(out.toString())
        .contains("acme  shadow full  (blue: all events, live; green: all events, shadow)")
        .containsPattern("✓ live +lockstep-egress \\d instructions?\n")
        .containsPattern("· retired +lockstep-ingress \\d instructions?\n");
  }

  @Test
  void jsonHasThePatchAndTheWayBack() throws Exception {
    Step step = migration.step(routes, migration.place("acme").orElseThrow(), Stage.LIVE);
    new MigrationJson(new PrintWriter(out, true))
        .next(migration, List.of(step), "production", false);

    JsonNode acme =
        new ObjectMapper().readTree(out.toString().getBytes(UTF_8)).path("customers").get(0);
    assertThat(acme.path("stage").asText()).isEqualTo("shadow-full");
    assertThat(acme.path("ready").asBoolean()).isTrue();
    JsonNode patch = acme.path("step").path("patches").get(0);
    assertThat(patch.path("flag").asText()).isEqualTo("lockstep-egress");
    assertThat(patch.path("contentType").asText())
        .isEqualTo("application/json; domain-model=launchdarkly.semanticpatch");
    assertThat(patch.path("body").path("environmentKey").asText()).isEqualTo("production");
    assertThat(patch.path("body").path("comment").asText())
        .isEqualTo("lockstep migrate: acme from shadow full to live, engine blue to green");
    assertThat(acme.path("step").path("wayBack")).hasSize(1);
  }

  private MigrationText text() {
    return new MigrationText(new PrintWriter(out, true), new Colours(false), NOW);
  }
}
