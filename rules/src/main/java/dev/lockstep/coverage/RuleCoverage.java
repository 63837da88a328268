package dev.lockstep.coverage;

import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.sigma.ParsedDocuments;
import dev.lockstep.sigma.Placeholders;
import dev.lockstep.sigma.Position;
import dev.lockstep.sigma.SigmaFilter;
import dev.lockstep.sigma.SigmaParser;
import dev.lockstep.sigma.SigmaRule;
import dev.lockstep.sigma.WrittenPart;
import dev.lockstep.sigma.WrittenParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Watches which parts of rules and filters are true and false in their tests, and which
 * correlations find something in one case and nothing in another. A part counts only where the rule
 * judges the event at all: for its customers, and under a mapping for its log source. Not safe for
 * use by several threads.
 */
public final class RuleCoverage {
  private final Placeholders placeholders;
  private final Map<String, List<WatchedDocument>> files = new TreeMap<>();

  public RuleCoverage(Placeholders placeholders) {
    this.placeholders = placeholders;
  }

  /**
   * Adds the rules and correlations of a file, and its filters that are added to one of them; of a
   * file with issues nothing.
   */
  public void add(String path, String text) {
    ParsedDocuments parsed = SigmaParser.parse(path, text, placeholders);
    if (!parsed.issues().isEmpty()) {
      return;
    }
    Map<Position, List<WrittenPart>> written = WrittenParts.of(text, placeholders);
    List<WatchedDocument> documents = new ArrayList<>();
    for (SigmaRule rule : parsed.rules()) {
      documents.add(WatchedDocument.of(path, rule, parsed.filters(), written));
    }
    for (SigmaFilter filter : parsed.filters()) {
      List<SigmaRule> rules = parsed.rules().stream().filter(filter::appliesTo).toList();
      if (!rules.isEmpty()) {
        documents.add(WatchedDocument.of(path, filter, rules, written));
      }
    }
    parsed.correlations().stream()
        .map(correlation -> WatchedDocument.of(path, correlation))
        .forEach(documents::add);
    files.put(path, documents);
  }

  /**
   * Takes note that all correlations of a file, if it was added, were tried.
   *
   * @param found ids of those that found something
   */
  public void saw(String path, Set<String> found) {
    files.getOrDefault(path, List.of()).forEach(document -> document.saw(found));
  }

  /** Watches the rules of one file, if it was added, under a mapping. */
  public EventWatch of(String path, FieldMapping mapping) {
    Questions questions = new Questions();
    files.getOrDefault(path, List.of()).forEach(document -> document.ask(questions, mapping));
    return questions.compile();
  }

  /** What was seen so far, in the order of the paths and of each file. */
  public List<CoveredDocument> soFar() {
    return files.values().stream().flatMap(List::stream).map(WatchedDocument::soFar).toList();
  }

  /** How much of all documents is exercised. */
  public static Ratio ratio(List<CoveredDocument> documents) {
    return new Ratio(
        documents.stream().mapToLong(CoveredDocument::exercised).sum(),
        documents.stream().mapToLong(CoveredDocument::total).sum());
  }
}
