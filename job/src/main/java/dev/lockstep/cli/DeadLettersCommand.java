package dev.lockstep.cli;

import picocli.CommandLine.Command;

/** {@code lockstep dead-letters}. */
@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = "Looks into the dead letters, and has them tried again or parked.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n")
final class DeadLettersCommand {}
