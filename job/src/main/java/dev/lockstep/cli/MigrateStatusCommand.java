package dev.lockstep.cli;

import dev.lockstep.connector.launchdarkly.FlagRoutes;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code lockstep migrate status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Says of each customer where it is, how many of its alerts were compared and differ, and"
          + " whether its next step is safe."
    })
final class MigrateStatusCommand extends MigrationView {

  @Override
  void print(MigrationText text, Migration migration, FlagRoutes routes) {
    text.status(migration);
  }

  @Override
  void print(MigrationJson json, Migration migration, FlagRoutes routes) throws IOException {
    json.status(migration);
  }
}
