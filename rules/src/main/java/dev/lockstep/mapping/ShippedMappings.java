package dev.lockstep.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The mappings that come with this module, by their names. */
public final class ShippedMappings {
  private static final List<String> NAMES =
      List.of(
          "aws-cloudtrail",
          "linux-auditd",
          "linux-sysmon",
          "stated",
          "web",
          "windows-evtx",
          "windows-flat",
          "windows-winlogbeat",
          "zeek");

  private ShippedMappings() {}

  /** All names, in order. */
  public static List<String> names() {
    return NAMES;
  }

  /** The mapping of that name, if there is one; issues will call it by its name. */
  public static Optional<MappingDocument> named(String name) {
    return NAMES.contains(name)
        ? Optional.of(new MappingDocument(name, textOf(name)))
        : Optional.empty();
  }

  private static String textOf(String name) {
    try (InputStream in = ShippedMappings.class.getResourceAsStream(name + ".yml")) {
      if (in == null) {
        throw new IllegalStateException("the mapping " + name + " is not on the class path");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading the mapping " + name + " failed", e);
    }
  }
}
