package dev.lockstep.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Values files that do not lie among the rules. */
final class PlaceholderOption {
  @Option(
      names = "--placeholders",
      paramLabel = "FILE",
      description =
          "Values file: what the placeholders of 'expand' stand for; may be given several times."
              + " Values files among the rules count without it.")
  private List<Path> files = List.of();

  List<Path> files() {
    return files;
  }
}
