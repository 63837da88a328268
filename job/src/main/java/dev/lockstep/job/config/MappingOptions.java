package dev.lockstep.job.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.mapping.ShippedMappings;
import dev.lockstep.sigma.Issue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the mappings of rules. */
final class MappingOptions {

  private MappingOptions() {}

  /** The texts of the mappings, which are good: operators get these, and no file to look for. */
  static List<MappingDocument> mapping(TypedOptions options) {
    return options.list(
        LockstepOptions.RULES_MAPPING, MappingOptions::document, MappingOptions::good);
  }

  private static MappingDocument document(String nameOrFile) {
    Optional<MappingDocument> shipped = ShippedMappings.named(nameOrFile);
    if (shipped.isPresent()) {
      return shipped.get();
    }
    try {
      return new MappingDocument(nameOrFile, Files.readString(Path.of(nameOrFile), UTF_8));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "must be a mapping file, or one that ships (%s), was '%s' (%s)"
              .formatted(String.join(", ", ShippedMappings.names()), nameOrFile, e),
          e);
    }
  }

  private static List<MappingDocument> good(List<MappingDocument> documents) {
    List<Issue> issues = FieldMapping.parse(documents).issues();
    if (!issues.isEmpty()) {
      throw new IllegalArgumentException(
          "must be mappings without issues; "
              + issues.stream().map(Issue::toString).collect(Collectors.joining("; ")));
    }
    return List.copyOf(documents);
  }
}
