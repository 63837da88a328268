package dev.lockstep.cli;

import dev.lockstep.connector.content.BundleArchive;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The pieces of a bundle as ConfigMaps of one key each, whose name is that of the file in the
 * volume.
 *
 * @param names of the ConfigMaps
 * @param yaml all of them, one document each
 */
record ConfigMaps(List<String> names, String yaml) {

  /** A DNS subdomain, as Kubernetes wants it. */
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private static final int LONGEST_NAME = 240;

  ConfigMaps {
    names = List.copyOf(names);
  }

  /**
   * Makes one for each piece.
   *
   * @throws CommandFailure if Kubernetes would refuse it
   */
  static ConfigMaps of(String name, Map<String, byte[]> pieces) {
    if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
      throw CommandFailure.ofInput(
          "the name of a ConfigMap must be small letters, digits, hyphens and dots, was '%s'"
              .formatted(name));
    }
    List<String> names = new ArrayList<>();
    StringBuilder yaml = new StringBuilder();
    for (Map.Entry<String, byte[]> piece : pieces.entrySet()) {
      String file = piece.getKey() + BundleArchive.SUFFIX;
      byte[] archive = piece.getValue();
      if (archive.length > BundleReport.CONFIG_MAP_BYTES) {
        throw CommandFailure.ofInput(
            "%s has %d bytes and a ConfigMap takes %d: 'lockstep rules bundle --shards' splits it"
                .formatted(file, archive.length, BundleReport.CONFIG_MAP_BYTES));
      }
      String numbered = pieces.size() == 1 ? name : name + "-" + (names.size() + 1);
      names.add(numbered);
      yaml.append(yaml.isEmpty() ? "" : "---\n");
      yaml.append(
          """
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: %s
          binaryData:
            %s: %s
          """
              .formatted(numbered, file, Base64.getEncoder().encodeToString(archive)));
    }
    return new ConfigMaps(names, yaml.toString());
  }
}
