package dev.lockstep.cli;

import dev.lockstep.connector.launchdarkly.FlagRoutes;
import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lockstep migrate status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Says of each customer where it is, how many of its alerts were compared and differ, and"
          + " whether its next step is safe."
    })
final class MigrateStatusCommand implements Callable<Integer> {

  @Mixin private MigrationOptions migrating = new MigrationOptions();

  @Mixin private FormatOption format = new FormatOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    LockstepConfig config = migrating.config();
    Instant now = Instant.now();
    PrintWriter out = spec.commandLine().getOut();
    try (FlagRoutes routes = MigrationAccess.routes(migrating.flags(config), migrating, null)) {
      Migration migration =
          MigrationAccess.migration(
              migrating,
              MigrationAccess.records(config, migrating, spec.commandLine().getErr()),
              routes,
              now);
      switch (format.chosen()) {
        case TEXT ->
            new MigrationText(out, Colours.of(spec.commandLine().getColorScheme().ansi()), now)
                .status(migration);
        case JSON -> new MigrationJson(out).status(migration);
      }
    }
    return ExitCode.GOOD;
  }
}
