package dev.lockstep.content;

import dev.lockstep.content.RuleVerdict.Status;
import dev.lockstep.sigma.Issue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides which of the delivered rule files come into force. A file is taken whole: if anything in
 * it has an issue, or one of its rules has the id of another file's, its last good version stays in
 * force and all other files are taken as usual. A delivered file goes before a kept one, so a kept
 * version whose rule has moved to another file goes out of force.
 */
public final class ContentReview {

  private final RuleBundle effective;
  private final List<RuleVerdict> verdicts;

  private ContentReview(RuleBundle effective, List<RuleVerdict> verdicts) {
    this.effective = effective;
    this.verdicts = List.copyOf(verdicts);
  }

  /**
   * Reviews a delivery.
   *
   * @param delivered what came now
   * @param before what came the time before, whether it was accepted or not
   * @param inForce what has been in force until now; holds only files without issues
   */
  public static ContentReview of(RuleBundle delivered, RuleBundle before, RuleBundle inForce) {
    List<RuleFile> files = RuleFile.readAll(delivered.documents());
    FilesInForce earlier = FilesInForce.of(inForce);
    FilesInForce now = FilesInForce.of(files, earlier);
    List<RuleVerdict> verdicts = new ArrayList<>();
    now.keysOfRejected(files).forEach((key, file) -> verdicts.add(rejected(key, file, now)));
    Set<RuleDocument> known = new HashSet<>(before.documents());
    known.retainAll(Set.copyOf(inForce.documents()));
    for (RuleFile file : files) {
      if (file.isGood() && !known.contains(file.document())) {
        file.ruleIds().forEach(id -> verdicts.add(spoken(id, Status.ACCEPTED, file.path())));
      }
    }
    Map<String, String> gone = keys(RuleFile.readAll(before.documents()), earlier);
    gone.keySet().removeAll(keys(files, now).keySet());
    gone.forEach((key, path) -> verdicts.add(spoken(key, Status.EXPIRED, path)));
    return new ContentReview(now.bundle(), verdicts);
  }

  /** What is in force from now on; every document of it parses without issues. */
  public RuleBundle effective() {
    return effective;
  }

  /**
   * The verdicts on all rejected rules and on those that this delivery changed, at most one for a
   * key.
   */
  public List<RuleVerdict> verdicts() {
    return verdicts;
  }

  private static RuleVerdict rejected(String key, RuleFile file, FilesInForce now) {
    List<String> issues = file.issues().stream().map(Issue::toString).toList();
    return new RuleVerdict(key, Status.REJECTED, file.path(), issues, now.isInForce(key));
  }

  private static RuleVerdict spoken(String key, Status status, String path) {
    return new RuleVerdict(key, status, path, List.of(), false);
  }

  /** Every key that has a status after a delivery, with its file, in order of the keys. */
  private static Map<String, String> keys(List<RuleFile> delivered, FilesInForce inForce) {
    Map<String, String> keys = new TreeMap<>(inForce.pathsByRule());
    inForce.keysOfRejected(delivered).forEach((key, file) -> keys.put(key, file.path()));
    return keys;
  }
}
