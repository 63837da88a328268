package dev.lockstep.cli;

import picocli.CommandLine.Command;

/** {@code lockstep migrate}. */
@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = {
      "Moves customers from one engine to another, one by one and step by step: off, shadow trickle,"
          + " shadow full, live, retired.",
      "Says where each customer is, which step is next and whether it is safe, and which change of"
          + " the flags makes it."
    },
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n")
final class MigrateCommand {}
