package dev.lockstep.cli;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A bundle of an engine, with the parts that it was put together of.
 *
 * @param version null if the engine does not say
 */
record BundleState(@Nullable String version, List<Part> parts) {

  /** A part with a version of its own. Whatever the engine does not say is null. */
  record Part(@Nullable String name, @Nullable String version, @Nullable String revision) {}

  BundleState {
    parts = List.copyOf(parts);
  }

  static BundleState of(JsonFields json) {
    return new BundleState(
        json.text("version"),
        json.objects("parts").stream()
            .map(part -> new Part(part.text("name"), part.text("version"), part.text("revision")))
            .toList());
  }

  /** Returns the versions that people may know it by: its own and those of its parts. */
  List<String> versions() {
    return Stream.concat(Stream.ofNullable(version), parts.stream().flatMap(BundleState::of))
        .toList();
  }

  boolean isCalled(String prefix) {
    return versions().stream().anyMatch(each -> each.startsWith(prefix));
  }

  private static Stream<String> of(Part part) {
    return Stream.ofNullable(part.version());
  }
}
