package dev.lockstep.content;

import dev.lockstep.content.RuleVerdict.Status;
import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.ParsedDocuments;
import dev.lockstep.sigma.SigmaParser;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides which of the delivered rule files come into force. A file is taken whole: if anything in
 * it has an issue, or one of its rules has the id of another file's, its last good version stays in
 * force and all other files are taken as usual.
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
    return new Reviewing(byPath(before), byPath(inForce)).review(delivered);
  }

  /** What is in force from now on; every document of it parses without issues. */
  public RuleBundle effective() {
    return effective;
  }

  /** The verdicts on all rejected rules and on those that this delivery changed. */
  public List<RuleVerdict> verdicts() {
    return verdicts;
  }

  private static Map<String, RuleDocument> byPath(RuleBundle bundle) {
    Map<String, RuleDocument> documents = new LinkedHashMap<>();
    bundle.documents().forEach(document -> documents.put(document.path(), document));
    return documents;
  }

  /** One review at work. */
  private static final class Reviewing {
    private final Map<String, RuleDocument> before;
    private final Map<String, RuleDocument> inForce;
    private final Map<String, String> fileOfRule = new HashMap<>();
    private final List<RuleDocument> effective = new ArrayList<>();
    private final List<RuleVerdict> verdicts = new ArrayList<>();
    private final Map<RuleDocument, List<String>> rejected = new LinkedHashMap<>();

    Reviewing(Map<String, RuleDocument> before, Map<String, RuleDocument> inForce) {
      this.before = before;
      this.inForce = inForce;
    }

    ContentReview review(RuleBundle delivered) {
      delivered.documents().forEach(this::accept);
      rejected.forEach(this::keepPrevious);
      expire();
      return new ContentReview(new RuleBundle(effective), verdicts);
    }

    private void accept(RuleDocument document) {
      ParsedDocuments parsed = parse(document);
      List<String> issues = new ArrayList<>(parsed.issues().stream().map(Issue::toString).toList());
      for (SigmaRule rule : parsed.rules()) {
        String other = fileOfRule.get(rule.id());
        if (other != null) {
          issues.add(
              "%s:1:1: rule id %s is already used by %s; give each rule its own id"
                  .formatted(document.path(), rule.id(), other));
        }
      }
      if (issues.isEmpty()) {
        takeInForce(document, parsed.rules());
        if (changed(document)) {
          parsed.rules().forEach(rule -> verdicts.add(accepted(rule, document)));
        }
      } else {
        rejected.put(document, issues);
      }
    }

    private void keepPrevious(RuleDocument document, List<String> issues) {
      RuleDocument previous = inForce.get(document.path());
      List<SigmaRule> rules = previous == null ? List.of() : parse(previous).rules();
      boolean kept = false;
      if (previous != null && rules.stream().noneMatch(this::taken)) {
        takeInForce(previous, rules);
        kept = true;
      }
      for (String key : keys(document, previous)) {
        verdicts.add(new RuleVerdict(key, Status.REJECTED, document.path(), issues, kept));
      }
    }

    /** Keys that were spoken of until now and that nobody will speak of again. */
    private void expire() {
      Set<String> known = new TreeSet<>();
      Map<String, String> files = new HashMap<>();
      for (RuleDocument document : union(before.values(), inForce.values())) {
        for (String key : keys(document, inForce.get(document.path()))) {
          known.add(key);
          files.put(key, document.path());
        }
      }
      known.removeAll(fileOfRule.keySet());
      verdicts.forEach(verdict -> known.remove(verdict.key()));
      for (String key : known) {
        String file = String.valueOf(files.get(key));
        verdicts.add(new RuleVerdict(key, Status.EXPIRED, file, List.of(), false));
      }
    }

    private void takeInForce(RuleDocument document, List<SigmaRule> rules) {
      effective.add(document);
      rules.forEach(rule -> fileOfRule.put(rule.id(), document.path()));
    }

    private boolean taken(SigmaRule rule) {
      return fileOfRule.containsKey(rule.id());
    }

    private boolean changed(RuleDocument document) {
      return !document.equals(before.get(document.path()))
          || !document.equals(inForce.get(document.path()));
    }

    private static Set<String> keys(RuleDocument document, @Nullable RuleDocument previous) {
      Set<String> keys = new TreeSet<>();
      parse(document).rules().forEach(rule -> keys.add(rule.id()));
      if (previous != null) {
        parse(previous).rules().forEach(rule -> keys.add(rule.id()));
      }
      return keys.isEmpty() ? Set.of("file:" + document.path()) : keys;
    }

    private static RuleVerdict accepted(SigmaRule rule, RuleDocument document) {
      return new RuleVerdict(rule.id(), Status.ACCEPTED, document.path(), List.of(), false);
    }

    private static Set<RuleDocument> union(
        Collection<RuleDocument> some, Collection<RuleDocument> more) {
      Set<RuleDocument> all = new LinkedHashSet<>(some);
      all.addAll(more);
      return all;
    }

    private static ParsedDocuments parse(RuleDocument document) {
      return SigmaParser.parse(document.path(), document.text());
    }
  }
}
