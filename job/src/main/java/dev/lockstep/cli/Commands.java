package dev.lockstep.cli;

import picocli.CommandLine;

/** The one place that knows all commands. */
final class Commands {
  private Commands() {}

  static CommandLine of(Streams streams) {
    CommandLine lockstep =
        new CommandLine(new Lockstep())
            .addSubcommand(new DemoCommand())
            .addSubcommand(new RunCommand())
            .addSubcommand(
                new CommandLine(new ParityCommand()).addSubcommand(new ParityReportCommand()))
            .addSubcommand(
                new CommandLine(new RulesCommand())
                    .addSubcommand(new RulesCheckCommand())
                    .addSubcommand(new RulesTestCommand())
                    .addSubcommand(new RulesExplainCommand(streams.in()))
                    .addSubcommand(new RulesBundleCommand())
                    .addSubcommand(new RulesDiffCommand())
                    .addSubcommand(new RulesImportElastAlertCommand())
                    .addSubcommand(new RulesPublishCommand())
                    .addSubcommand(new RulesStatusCommand())
                    .addSubcommand(new RulesReleaseCommand()))
            .addSubcommand(
                new CommandLine(new FlagsCommand())
                    .addSubcommand(new FlagsInitCommand())
                    .addSubcommand(new FlagsExplainCommand()))
            .addSubcommand(
                new CommandLine(new MigrateCommand())
                    .addSubcommand(new MigratePlanCommand())
                    .addSubcommand(new MigrateStatusCommand())
                    .addSubcommand(new MigrateNextCommand()))
            .addSubcommand(
                new CommandLine(new DeadLettersCommand())
                    .addSubcommand(new DeadLettersListCommand())
                    .addSubcommand(new DeadLettersShowCommand())
                    .addSubcommand(new DeadLettersRedriveCommand())
                    .addSubcommand(new DeadLettersParkCommand()))
            .addSubcommand(new CompareCommand())
            .addSubcommand(new BacktestCommand())
            .addSubcommand(new BenchCommand())
            .addSubcommand(
                new CommandLine(new StateCommand()).addSubcommand(new StateInspectCommand()))
            .addSubcommand(new MatchCommand(streams.in()));
    shareVersion(lockstep);
    return lockstep
        .setOut(streams.out())
        .setErr(streams.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new FailureHandler());
  }

  private static void shareVersion(CommandLine command) {
    command.getCommandSpec().versionProvider(new LockstepVersion());
    command.getSubcommands().values().forEach(Commands::shareVersion);
  }
}
