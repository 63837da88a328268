package dev.lockstep.content;

import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.Placeholders;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Good files no two of which define the same. */
final class FilesInForce {
  private final Map<String, ContentFile> files = new TreeMap<>();
  private final Map<String, String> pathsByClaim = new LinkedHashMap<>();
  private final Map<String, String> pathsByKey = new LinkedHashMap<>();

  /**
   * Takes a delivered file if it is good and defines nothing that is there already; returns it with
   * all that is wrong with it.
   */
  ContentFile take(ContentFile file) {
    List<Issue> issues = new ArrayList<>(file.issues());
    for (ContentFile.Claim claim : file.claims()) {
      String owner = pathsByClaim.get(claim.key());
      if (owner != null) {
        issues.add(claim.takenBy(owner, file.path()));
      }
    }
    if (issues.isEmpty()) {
      add(file);
    }
    return file.withIssues(issues);
  }

  /** Takes an earlier version unless something of it is defined elsewhere by now. */
  void keep(ContentFile earlier) {
    if (earlier.claims().stream().noneMatch(claim -> pathsByClaim.containsKey(claim.key()))) {
      add(earlier);
    }
  }

  /** Takes a file out of force. */
  void remove(ContentFile file) {
    files.remove(file.path());
    pathsByClaim.values().removeIf(file.path()::equals);
    pathsByKey.values().removeIf(file.path()::equals);
  }

  RuleBundle bundle() {
    return new RuleBundle(files.values().stream().map(ContentFile::document).toList());
  }

  /** The file of this path, if there is one. */
  Optional<ContentFile> at(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /** The files of one kind in order of their paths. */
  <F extends ContentFile> List<F> ofKind(Class<F> kind) {
    return files.values().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  Placeholders placeholders() {
    return ofKind(PlaceholderFile.class).stream()
        .map(PlaceholderFile::placeholders)
        .reduce(Placeholders.NONE, Placeholders::and);
  }

  /** The path of the file of each status key in force. */
  Map<String, String> pathsByKey() {
    return Collections.unmodifiableMap(pathsByKey);
  }

  boolean isInForce(String key) {
    return pathsByKey.containsKey(key);
  }

  /**
   * The keys to speak of the rejected files by, each with its file: the file's own and those of its
   * version in force, but none that another file has, whose status is another.
   */
  Map<String, ContentFile> keysOfRejected(List<ContentFile> delivered) {
    Map<String, ContentFile> keys = new TreeMap<>();
    for (ContentFile file : delivered) {
      if (!file.isGood()) {
        List<String> own = keysOf(file).filter(key -> !keys.containsKey(key)).toList();
        own.forEach(key -> keys.put(key, file));
        if (own.isEmpty()) {
          keys.put("file:" + file.path(), file);
        }
      }
    }
    return keys;
  }

  private Stream<String> keysOf(ContentFile rejected) {
    ContentFile kept = files.get(rejected.path());
    return Stream.concat(
            rejected.statusKeys().stream(), kept == null ? Stream.of() : kept.statusKeys().stream())
        .distinct()
        .filter(key -> rejected.path().equals(pathsByKey.getOrDefault(key, rejected.path())));
  }

  private void add(ContentFile file) {
    files.put(file.path(), file);
    file.claims().forEach(claim -> pathsByClaim.put(claim.key(), file.path()));
    file.statusKeys().forEach(key -> pathsByKey.put(key, file.path()));
  }
}
