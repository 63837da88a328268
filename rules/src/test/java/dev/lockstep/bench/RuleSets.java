package dev.lockstep.bench;

import dev.lockstep.content.ContentDirectory;
import dev.lockstep.content.RuleDocument;
import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.mapping.ShippedMappings;
import dev.lockstep.program.Corpus;
import dev.lockstep.program.Lanes;
import dev.lockstep.sigma.SigmaParser;
import dev.lockstep.sigma.SigmaRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The rules of the benchmarks: those of SigmaHQ, some of them, or more than there are. */
final class RuleSets {
  static final String ALL = "all";

  private static final long SEED = 20_260_805;

  private RuleSets() {}

  static List<RuleDocument> files() throws IOException {
    return ContentDirectory.read(Corpus.path("sigmahq")).rules();
  }

  /** The rules of files, without those that need values for placeholders. */
  static List<SigmaRule> parse(List<RuleDocument> files) {
    List<SigmaRule> rules = new ArrayList<>();
    for (RuleDocument file : files) {
      rules.addAll(SigmaParser.parse(file.path(), file.text()).rules());
    }
    return rules;
  }

  /** As many rules as {@code size} says; where that is more than all, with variations of them. */
  static List<SigmaRule> ofSize(String size) throws IOException {
    List<SigmaRule> all = parse(files());
    if (size.equals(ALL)) {
      return all;
    }
    int count = Integer.parseInt(size);
    return count <= all.size()
        ? Lanes.every(all, count)
        : new RuleVariations(SEED).fillUp(all, count);
  }

  /** The rules, each for events of its log source only, as the events of the lanes state it. */
  static List<SigmaRule> byLogsource(List<SigmaRule> rules) {
    return FieldMapping.parse(List.of(ShippedMappings.named("stated").orElseThrow()))
        .mapping()
        .apply(rules);
  }
}
