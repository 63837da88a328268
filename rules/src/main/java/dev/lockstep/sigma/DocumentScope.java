package dev.lockstep.sigma;

import dev.lockstep.digest.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the detections of one document are read with: where issues go, what placeholders stand for,
 * and how much the document has asked for so far.
 */
final class DocumentScope {
  private static final int HASH_BYTES = 8;
  private static final int MAX_NAMES_SHOWN = 20;

  private final Issues issues;
  private final Placeholders placeholders;
  private final RuleSize size;
  private final Map<String, List<PlaceholderValue>> used = new TreeMap<>();

  DocumentScope(Issues issues, Placeholders placeholders) {
    this.issues = issues;
    this.placeholders = placeholders;
    this.size = new RuleSize(issues);
  }

  Issues issues() {
    return issues;
  }

  RuleSize size() {
    return size;
  }

  /** The values of a placeholder, which the document depends on from now on. */
  Optional<List<PlaceholderValue>> valuesOf(String name) {
    Optional<List<PlaceholderValue>> values = Optional.ofNullable(placeholders.values().get(name));
    values.ifPresent(found -> used.put(name, found));
    return values;
  }

  /** The names that a document may use, for messages. */
  String knownPlaceholders() {
    List<String> names = List.copyOf(placeholders.names());
    if (names.isEmpty()) {
      return "none";
    }
    int shown = Math.min(MAX_NAMES_SHOWN, names.size());
    String more = shown < names.size() ? " and " + (names.size() - shown) + " more" : "";
    return String.join(", ", names.subList(0, shown)) + more;
  }

  /** A hash of what the document's meaning depends on: its text, and the values that it uses. */
  String hashOf(String text) {
    if (used.isEmpty()) {
      return Sha256.hex(text, HASH_BYTES);
    }
    List<String> parts = new ArrayList<>(List.of(text));
    used.forEach(
        (name, values) -> {
          parts.add(name);
          values.forEach(value -> parts.add((value.number() ? "=" : "~") + value.text()));
        });
    return Sha256.hexOfParts(parts, HASH_BYTES);
  }
}
