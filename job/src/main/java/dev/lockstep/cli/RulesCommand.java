package dev.lockstep.cli;

import picocli.CommandLine.Command;

/** {@code lockstep rules}. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description =
        "Checks, tests, explains, imports, bundles and publishes rules, and tells what engines make of"
            + " them.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n")
final class RulesCommand {}
