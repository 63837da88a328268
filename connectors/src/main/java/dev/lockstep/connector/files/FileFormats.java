package dev.lockstep.connector.files;

import java.util.List;

/** The formats that files can be read in, by the names that options call them by. */
public final class FileFormats {
  private static final List<FileFormat> ALL =
      List.of(
          new Ndjson(),
          new JsonObjects(),
          new CloudTrail(),
          new Csv(),
          new Zeek(),
          AccessLog.classic(),
          AccessLog.application());

  private FileFormats() {}

  /**
   * Returns the format of that name.
   *
   * @throws IllegalArgumentException with the names that there are, if it is none of them
   */
  public static FileFormat named(String name) {
    return ALL.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no format of files; they are %s"
                        .formatted(name, String.join(", ", names()))));
  }

  /** All names, in the order in which documents list them. */
  public static List<String> names() {
    return ALL.stream().map(FileFormat::name).toList();
  }
}
