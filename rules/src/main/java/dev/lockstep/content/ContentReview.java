package dev.lockstep.content;

import dev.lockstep.content.RuleVerdict.Status;
import dev.lockstep.sigma.SigmaCorrelation;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which of the delivered files come into force. A file is taken whole: if anything in it
 * has an issue, or it defines what another file has defined, its last good version stays in force
 * and all other files are taken as usual. A delivered file goes before a kept one, so a kept
 * version whose rule has moved to another file goes out of force; so does one whose placeholders
 * have no values any more, and its status says so.
 */
public final class ContentReview {

  private final RuleBundle effective;
  private final List<RuleVerdict> verdicts;
  private final Set<String> rulesBefore;
  private final Set<String> rulesRemoved;

  private ContentReview(Content earlier, Content now, List<RuleVerdict> verdicts) {
    this.effective = now.inForce().bundle();
    this.verdicts = List.copyOf(verdicts);
    this.rulesBefore = idsOf(earlier);
    this.rulesRemoved = new HashSet<>(rulesBefore);
    rulesRemoved.removeAll(idsOf(now));
  }

  private static Set<String> idsOf(Content content) {
    return Stream.concat(
            content.writtenRules().stream().map(SigmaRule::id),
            content.correlations().stream().map(SigmaCorrelation::id))
        .collect(Collectors.toSet());
  }

  /**
   * Reviews a delivery.
   *
   * @param delivered what came now
   * @param before what came the time before, whether it was accepted or not
   * @param inForce what has been in force until now; holds only files without issues
   */
  public static ContentReview of(RuleBundle delivered, RuleBundle before, RuleBundle inForce) {
    return of(delivered, before, inForce, ContentMemory.ofReview());
  }

  /** Reviews a delivery, and reads none of its files that the memory knows. */
  public static ContentReview of(
      RuleBundle delivered, RuleBundle before, RuleBundle inForce, ContentMemory memory) {
    memory.nextDelivery();
    Content earlier = Content.read(inForce.documents(), memory);
    Content now = Content.read(delivered.documents(), earlier.inForce(), memory);
    List<RuleVerdict> verdicts = new ArrayList<>();
    now.inForce()
        .keysOfRejected(now.files())
        .forEach((key, file) -> verdicts.add(rejected(key, file, now)));
    Set<RuleDocument> known = new HashSet<>(before.documents());
    known.retainAll(Set.copyOf(inForce.documents()));
    Map<String, Effect> effects = now.effects();
    Map<String, Effect> changed = new HashMap<>(effects);
    changed.entrySet().removeAll(earlier.effects().entrySet());
    for (ContentFile file : now.files()) {
      for (String key : file.isGood() ? file.statusKeys() : List.<String>of()) {
        if (!known.contains(file.document()) || changed.containsKey(key)) {
          verdicts.add(accepted(key, file.path(), effects.getOrDefault(key, Effect.NONE)));
        }
      }
    }
    Content previous = Content.read(before.documents(), earlier.inForce(), memory);
    Map<String, String> gone = keys(previous.files(), earlier.inForce());
    gone.keySet().removeAll(keys(now.files(), now.inForce()).keySet());
    gone.forEach((key, path) -> verdicts.add(expired(key, path)));
    return new ContentReview(earlier, now, verdicts);
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

  /** How many rules were in force before this delivery. */
  public int rulesBefore() {
    return rulesBefore.size();
  }

  /** How many of them are not in force any more. */
  public int rulesRemoved() {
    return rulesRemoved.size();
  }

  private static RuleVerdict rejected(String key, ContentFile file, Content now) {
    List<String> issues = new ArrayList<>();
    file.issues().forEach(issue -> issues.add(issue.toString()));
    now.lossOf(file.path())
        .ifPresent(
            issue -> issues.add("its last good version is out of force, too: " + issue.message()));
    boolean kept = now.inForce().isInForce(key);
    return new RuleVerdict(key, Status.REJECTED, file.path(), issues, kept, List.of(), List.of());
  }

  private static RuleVerdict accepted(String key, String path, Effect effect) {
    return new RuleVerdict(
        key, Status.ACCEPTED, path, List.of(), false, effect.filters(), effect.warnings());
  }

  private static RuleVerdict expired(String key, String path) {
    return new RuleVerdict(key, Status.EXPIRED, path, List.of(), false, List.of(), List.of());
  }

  /** Every key that has a status after a delivery, with its file, in order of the keys. */
  private static Map<String, String> keys(List<ContentFile> delivered, FilesInForce inForce) {
    Map<String, String> keys = new TreeMap<>(inForce.pathsByKey());
    inForce.keysOfRejected(delivered).forEach((key, file) -> keys.put(key, file.path()));
    return keys;
  }
}
