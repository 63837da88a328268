package dev.lockstep.content;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Good rule files no two of which have a rule in common. */
final class FilesInForce {
  private final Map<String, RuleFile> files = new LinkedHashMap<>();
  private final Map<String, String> pathsByRule = new LinkedHashMap<>();

  private FilesInForce() {}

  /** The files of a bundle that was found good before. */
  static FilesInForce of(RuleBundle bundle) {
    FilesInForce inForce = new FilesInForce();
    bundle.documents().forEach(document -> inForce.add(RuleFile.parse(document)));
    return inForce;
  }

  /** The good ones of the delivered files, and for each other its earlier version if it can. */
  static FilesInForce of(List<RuleFile> delivered, FilesInForce earlier) {
    FilesInForce inForce = new FilesInForce();
    delivered.stream().filter(RuleFile::isGood).forEach(inForce::add);
    for (RuleFile file : delivered) {
      RuleFile kept = earlier.files.get(file.path());
      if (!file.isGood() && kept != null && !inForce.hasAnyOf(kept)) {
        inForce.add(kept);
      }
    }
    return inForce;
  }

  RuleBundle bundle() {
    return new RuleBundle(files.values().stream().map(RuleFile::document).toList());
  }

  /** The path of the file of each rule in force. */
  Map<String, String> pathsByRule() {
    return Collections.unmodifiableMap(pathsByRule);
  }

  boolean isInForce(String key) {
    return pathsByRule.containsKey(key);
  }

  /**
   * The keys to speak of the rejected files by, each with its file: the file's rules and those of
   * its version in force, but none that another file has, whose status is another.
   */
  Map<String, RuleFile> keysOfRejected(List<RuleFile> delivered) {
    Map<String, RuleFile> keys = new TreeMap<>();
    for (RuleFile file : delivered) {
      if (!file.isGood()) {
        List<String> own = idsOf(file).filter(id -> !keys.containsKey(id)).toList();
        own.forEach(id -> keys.put(id, file));
        if (own.isEmpty()) {
          keys.put("file:" + file.path(), file);
        }
      }
    }
    return keys;
  }

  private Stream<String> idsOf(RuleFile rejected) {
    RuleFile kept = files.get(rejected.path());
    return Stream.concat(
            rejected.ruleIds().stream(), kept == null ? Stream.of() : kept.ruleIds().stream())
        .distinct()
        .filter(id -> rejected.path().equals(pathsByRule.getOrDefault(id, rejected.path())));
  }

  private void add(RuleFile file) {
    files.put(file.path(), file);
    file.ruleIds().forEach(id -> pathsByRule.put(id, file.path()));
  }

  private boolean hasAnyOf(RuleFile file) {
    return file.ruleIds().stream().anyMatch(pathsByRule::containsKey);
  }
}
