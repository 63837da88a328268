package dev.lockstep.cli;

import dev.lockstep.connector.launchdarkly.FlagRoutes;
import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that tells about a migration and changes nothing. */
abstract class MigrationView implements Callable<Integer> {

  @Mixin private MigrationOptions migrating = new MigrationOptions();

  @Mixin private FormatOption format = new FormatOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  abstract void print(MigrationText text, Migration migration, FlagRoutes routes);

  abstract void print(MigrationJson json, Migration migration, FlagRoutes routes)
      throws IOException;

  @Override
  public Integer call() throws IOException {
    LockstepConfig config = migrating.config();
    Instant now = Instant.now();
    CommandLine command = spec.commandLine();
    try (FlagRoutes routes = MigrationAccess.routes(migrating.flags(config), migrating, null)) {
      MigrationRecords records = MigrationAccess.records(config, migrating, command.getErr());
      Migration migration = MigrationAccess.migration(migrating, records, routes, now);
      switch (format.chosen()) {
        case TEXT ->
            print(
                new MigrationText(
                    command.getOut(), Colours.of(command.getColorScheme().ansi()), now),
                migration,
                routes);
        case JSON -> print(new MigrationJson(command.getOut()), migration, routes);
      }
    }
    return ExitCode.GOOD;
  }
}
