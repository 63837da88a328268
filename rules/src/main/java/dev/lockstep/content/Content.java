package dev.lockstep.content;

import dev.lockstep.correlation.CorrelationLinks;
import dev.lockstep.correlation.CorrelationPlan;
import dev.lockstep.sigma.FilteredRules;
import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.Placeholders;
import dev.lockstep.sigma.SigmaCorrelation;
import dev.lockstep.sigma.SigmaFilter;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that were delivered together, understood together, kind after kind: values files first,
 * then rule files with the placeholders in force. What a file defines belongs to the first good
 * file that has it, in the order of the documents, and is an issue of any later one.
 */
public final class Content {
  private final ContentMemory memory;
  private final List<ContentFile> files = new ArrayList<>();
  private final FilesInForce inForce = new FilesInForce();
  private final Map<String, Issue> lost = new HashMap<>();
  private @Nullable Map<String, Effect> effects;

  private Content(ContentMemory memory) {
    this.memory = memory;
  }

  /** Reads files that have no earlier versions. */
  public static Content read(List<RuleDocument> documents) {
    return read(documents, new ContentMemory());
  }

  /** Reads files that have no earlier versions, and none twice that the memory knows. */
  public static Content read(List<RuleDocument> documents, ContentMemory memory) {
    return read(documents, new FilesInForce(), memory);
  }

  /**
   * Reads files, and for each that is not good takes its earlier version if it can: nothing in it
   * may be defined elsewhere by now, and its placeholders must still have values.
   */
  static Content read(List<RuleDocument> documents, FilesInForce earlier, ContentMemory memory) {
    Content content = new Content(memory);
    content.readValues(documents);
    content.keepValues(documents, earlier);
    Placeholders placeholders = content.inForce.placeholders();
    content.readRules(documents, placeholders);
    content.keepRules(documents, earlier, placeholders);
    content.dropUnlinked(earlier, placeholders);
    content.files.sort(Comparator.comparing(ContentFile::path));
    return content;
  }

  /** All files in order of their paths, with their issues. */
  public List<ContentFile> files() {
    return List.copyOf(files);
  }

  /** Everything that is wrong, file after file. */
  public List<Issue> issues() {
    return files.stream().flatMap(file -> file.issues().stream()).toList();
  }

  /** What is not wrong, but hardly meant: filters that are not added to a rule that they name. */
  public List<Issue> warnings() {
    FilterReferences references = new FilterReferences(writtenRules());
    List<Issue> warnings = new ArrayList<>();
    for (RuleFile file : ruleFiles()) {
      file.filters().forEach(filter -> warnings.addAll(references.warningsOn(filter, file.path())));
    }
    return warnings;
  }

  /**
   * The rules in force, in the order of their files, with all filters in force. Where filters count
   * for some customers, several have one id ({@link FilteredRules}).
   */
  public List<SigmaRule> rules() {
    List<SigmaFilter> filters =
        ruleFiles().stream().flatMap(file -> file.filters().stream()).toList();
    return FilteredRules.of(writtenRules(), filters);
  }

  /** The rules in force as they are written, without filters. */
  public List<SigmaRule> writtenRules() {
    return ruleFiles().stream().flatMap(file -> file.rules().stream()).toList();
  }

  /** The correlations in force, in the order of their files; all that they refer to is there. */
  public List<SigmaCorrelation> correlations() {
    return ruleFiles().stream().flatMap(file -> file.correlations().stream()).toList();
  }

  /** The correlations in force, planned. */
  public CorrelationPlan correlationPlan() {
    List<SigmaCorrelation> correlations = correlations();
    return CorrelationPlan.of(writtenRules(), correlations, RuleMeaning::ofQuestion);
  }

  /**
   * The files that the plan of correlations is made of: theirs, those of the rules that they refer
   * to, and values. No files if there are no correlations.
   */
  public RuleBundle correlated() {
    if (correlations().isEmpty()) {
      return new RuleBundle(List.of());
    }
    CorrelationPlan plan = correlationPlan();
    List<RuleDocument> documents = new ArrayList<>();
    inForce.ofKind(PlaceholderFile.class).forEach(file -> documents.add(file.document()));
    for (RuleFile file : ruleFiles()) {
      if (!file.correlations().isEmpty()
          || file.rules().stream().anyMatch(rule -> !plan.feedsOf(rule.id()).isEmpty())) {
        documents.add(file.document());
      }
    }
    return new RuleBundle(documents);
  }

  /** The files in force. */
  public RuleBundle bundle() {
    return inForce.bundle();
  }

  /** How many rules are in force, each counted once, correlations among them. */
  public int ruleCount() {
    return writtenRules().size() + correlations().size();
  }

  /** What placeholders stand for in this content. */
  public Placeholders placeholders() {
    return inForce.placeholders();
  }

  /** What is in force of each status key that others can change, too. */
  Map<String, Effect> effects() {
    Map<String, Effect> known = effects;
    if (known == null) {
      known = Collections.unmodifiableMap(newEffects());
      effects = known;
    }
    return known;
  }

  private Map<String, Effect> newEffects() {
    Map<String, Effect> made = new HashMap<>();
    for (SigmaRule rule : rules()) {
      made.merge(rule.id(), Effect.of(rule), Effect::and);
    }
    for (SigmaCorrelation correlation : correlations()) {
      made.put(correlation.id(), Effect.of(correlation));
    }
    FilterReferences references = new FilterReferences(writtenRules());
    for (RuleFile file : ruleFiles()) {
      for (SigmaFilter filter : file.filters()) {
        List<String> warnings =
            references.warningsOn(filter, file.path()).stream().map(Issue::toString).toList();
        made.put(
            RuleFile.statusKeyOf(filter), new Effect(filter.contentHash(), List.of(), warnings));
      }
    }
    return made;
  }

  FilesInForce inForce() {
    return inForce;
  }

  /**
   * Why the earlier version of a file cannot stay in force, if it is because of its placeholders.
   */
  Optional<Issue> lossOf(String path) {
    return Optional.ofNullable(lost.get(path));
  }

  /**
   * Takes files out of force whose correlations refer to what is not there, and puts their earlier
   * versions in if those do not. That can take away what others refer to.
   */
  private void dropUnlinked(FilesInForce earlier, Placeholders placeholders) {
    Set<String> kept = new HashSet<>();
    boolean changed = !correlations().isEmpty();
    while (changed) {
      changed = false;
      CorrelationLinks links = new CorrelationLinks(writtenRules(), correlations());
      for (RuleFile file : ruleFiles()) {
        List<Issue> issues =
            file.correlations().stream()
                .flatMap(correlation -> links.issuesOf(correlation, file.path()).stream())
                .toList();
        if (!issues.isEmpty()) {
          drop(file, issues);
          if (kept.add(file.path()) && !isOf(file.document(), earlier)) {
            keepRules(List.of(file.document()), earlier, placeholders);
          }
          changed = true;
        }
      }
    }
  }

  private static boolean isOf(RuleDocument document, FilesInForce earlier) {
    return earlier
        .at(document.path())
        .map(ContentFile::document)
        .filter(document::equals)
        .isPresent();
  }

  private void drop(RuleFile file, List<Issue> issues) {
    inForce.remove(file);
    int delivered = files.indexOf(file);
    if (delivered >= 0) {
      files.set(delivered, file.withIssues(issues));
    } else {
      lost.put(file.path(), issues.get(0));
    }
  }

  private List<RuleFile> ruleFiles() {
    return inForce.ofKind(RuleFile.class);
  }

  private void readValues(List<RuleDocument> documents) {
    for (RuleDocument document : documents) {
      if (PlaceholderFile.isOne(document)) {
        files.add(inForce.take(PlaceholderFile.parse(document)));
      }
    }
  }

  /**
   * A values file can be so broken that nothing tells its kind any more. So whatever lies at the
   * path of an earlier one replaces it only if it is good.
   */
  private void keepValues(List<RuleDocument> documents, FilesInForce earlier) {
    Placeholders all = earlier.placeholders().and(inForce.placeholders());
    for (RuleDocument document : documents) {
      Optional<ContentFile> kept = earlier.at(document.path());
      if (kept.isPresent()
          && kept.get() instanceof PlaceholderFile
          && inForce.at(document.path()).isEmpty()
          && (PlaceholderFile.isOne(document) || !memory.ruleFile(document, all).isGood())) {
        inForce.keep(kept.get());
      }
    }
  }

  private void readRules(List<RuleDocument> documents, Placeholders placeholders) {
    List<RuleDocument> ofRules =
        documents.stream().filter(document -> !PlaceholderFile.isOne(document)).toList();
    memory.ruleFiles(ofRules, placeholders).forEach(file -> files.add(inForce.take(file)));
  }

  private void keepRules(
      List<RuleDocument> documents, FilesInForce earlier, Placeholders placeholders) {
    for (RuleDocument document : documents) {
      Optional<ContentFile> kept = earlier.at(document.path());
      if (inForce.at(document.path()).isEmpty()
          && kept.isPresent()
          && kept.get() instanceof RuleFile) {
        RuleFile again = memory.ruleFile(kept.get().document(), placeholders);
        if (again.isGood()) {
          inForce.keep(again);
        } else {
          lost.put(document.path(), again.issues().get(0));
        }
      }
    }
  }
}
