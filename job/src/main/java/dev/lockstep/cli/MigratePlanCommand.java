package dev.lockstep.cli;

import dev.lockstep.connector.launchdarkly.FlagRoutes;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code lockstep migrate plan}. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Says of each customer which steps it has before it, and which flags change in each.",
      "Nothing is changed. 'migrate next' has the changes in full."
    })
final class MigratePlanCommand extends MigrationView {

  @Override
  void print(MigrationText text, Migration migration, FlagRoutes routes) {
    text.plan(migration, routes);
  }

  @Override
  void print(MigrationJson json, Migration migration, FlagRoutes routes) throws IOException {
    json.plan(migration, routes);
  }
}
