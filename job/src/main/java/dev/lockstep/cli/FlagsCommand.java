package dev.lockstep.cli;

import picocli.CommandLine.Command;

/** {@code lockstep flags}. */
@Command(
    name = "flags",
    mixinStandardHelpOptions = true,
    description = "Makes the flags that lockstep asks, and explains what they decide.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n")
final class FlagsCommand {}
