package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.mapping.ParsedMapping;
import dev.lockstep.mapping.ShippedMappings;
import dev.lockstep.sigma.Issue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The option {@code --mapping} of all commands that judge events. */
final class MappingOption {

  @Option(
      names = "--mapping",
      paramLabel = "NAME|FILE",
      description = {
        "Which events belong to which logsource, and how they name fields: a mapping that ships or a"
            + " YAML file; may be given several times. Without it fields are taken as they are"
            + " named, and logsources do not filter.",
        "These ship: aws-cloudtrail, linux-auditd, linux-sysmon, stated, web, windows-evtx,"
            + " windows-flat, windows-winlogbeat, zeek."
      })
  private List<String> mappings = List.of();

  boolean isGiven() {
    return !mappings.isEmpty();
  }

  /**
   * Reads all mappings.
   *
   * @throws CommandFailure with every issue, if there is one
   */
  FieldMapping read() {
    ParsedMapping parsed =
        FieldMapping.parse(mappings.stream().distinct().map(MappingOption::document).toList());
    if (!parsed.issues().isEmpty()) {
      throw CommandFailure.ofInput(
          parsed.issues().stream()
              .map(Issue::toString)
              .collect(Collectors.joining("\n", "the mapping has issues\n", "")));
    }
    return parsed.mapping();
  }

  private static MappingDocument document(String nameOrFile) {
    Optional<MappingDocument> shipped = ShippedMappings.named(nameOrFile);
    if (shipped.isPresent()) {
      return shipped.get();
    }
    Path file = Path.of(nameOrFile);
    if (!Files.isRegularFile(file)) {
      throw CommandFailure.ofInput(
          "there is no mapping %s: it is no file, and none of those that ship, %s"
              .formatted(nameOrFile, String.join(", ", ShippedMappings.names())));
    }
    try {
      return new MappingDocument(nameOrFile, Files.readString(file, UTF_8));
    } catch (IOException e) {
      throw CommandFailure.ofInput("cannot read the mapping " + file + ": " + e);
    }
  }
}
