package dev.lockstep.cli;

import dev.lockstep.connector.content.ArchiveUnion;
import dev.lockstep.connector.content.BundleArchive;
import dev.lockstep.content.BundleManifest;
import dev.lockstep.content.Delivery.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One bundle as it goes to engines, verified.
 *
 * @param part its name and version
 * @param rules how many it has
 * @param pieces the bytes of its files, one or all its shards, by the name that each has wherever
 *     it is published
 */
record PublishedBundle(Part part, int rules, Map<String, byte[]> pieces) {

  /** What is a name of a file, the key of a ConfigMap and of a record alike. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  PublishedBundle {
    pieces = Collections.unmodifiableMap(new LinkedHashMap<>(pieces));
  }

  /**
   * Reads and verifies the files.
   *
   * @throws CommandFailure if they are not one whole bundle
   */
  static PublishedBundle read(List<Path> files) {
    Map<String, byte[]> pieces = new LinkedHashMap<>();
    List<BundleArchive> archives = new ArrayList<>();
    for (Path file : files) {
      try {
        byte[] bytes = Files.readAllBytes(file);
        BundleArchive archive = BundleArchive.decode(bytes);
        BundleManifest manifest = archive.manifest();
        if (!NAME.matcher(manifest.name()).matches()) {
          throw new IOException(
              "its name must match %s, was '%s'".formatted(NAME.pattern(), manifest.name()));
        }
        archives.add(archive);
        pieces.put(manifest.pieceName(), bytes);
      } catch (IOException e) {
        throw CommandFailure.ofInput("cannot use %s: %s".formatted(file, e.getMessage()));
      }
    }
    List<Part> parts = parts(archives);
    if (parts.size() != 1) {
      throw CommandFailure.ofInput(
          "these are %d bundles: publish them one by one".formatted(parts.size()));
    }
    int rules = archives.stream().mapToInt(archive -> archive.manifest().rules().size()).sum();
    return new PublishedBundle(parts.get(0), rules, pieces);
  }

  private static List<Part> parts(List<BundleArchive> archives) {
    try {
      return ArchiveUnion.of(archives, List.of(), null).parts();
    } catch (IOException e) {
      throw CommandFailure.ofInput("these files are not one whole bundle: " + e.getMessage());
    }
  }
}
