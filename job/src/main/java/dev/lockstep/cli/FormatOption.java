package dev.lockstep.cli;

import picocli.CommandLine.Option;

/** How a command prints its result. */
final class FormatOption {
  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How to print the result (default: ${DEFAULT-VALUE}).")
  private OutputFormat format = OutputFormat.TEXT;

  OutputFormat chosen() {
    return format;
  }
}
