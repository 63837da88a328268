package dev.lockstep.cli;

import picocli.CommandLine.Command;

/** {@code lockstep state}. */
@Command(
    name = "state",
    mixinStandardHelpOptions = true,
    description = "Tells what savepoints and checkpoints hold.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n")
final class StateCommand {}
