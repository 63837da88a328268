package dev.lockstep.job.detect;

import dev.lockstep.content.Content;
import dev.lockstep.content.ContentMemory;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.correlation.CorrelationPlan;
import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.program.LayeredProgram;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Does again only what the difference to the last bundle asks for. */
final class MappedRevisions implements RuleRevisions {

  private final FieldMapping mapping;
  private final ContentMemory memory = new ContentMemory();
  private Map<SigmaRule, Mapped> mapped = new HashMap<>();
  private @Nullable LayeredProgram last;

  MappedRevisions(FieldMapping mapping) {
    this.mapping = mapping;
  }

  /** Reads what the review of the bundle read. */
  @Override
  public ActiveRules next(String version, RuleBundle bundle) {
    memory.nextDelivery();
    Content content = Content.read(bundle.documents(), memory);
    Map<SigmaRule, Mapped> current = new HashMap<>();
    List<SigmaRule> judging = new ArrayList<>();
    Set<String> uncovered = new HashSet<>();
    CorrelationPlan correlations = content.correlationPlan();
    for (SigmaRule written : content.rules()) {
      SigmaRule rule = correlations.capturing(written);
      Mapped known = mapped.get(rule);
      Mapped now = known == null ? Mapped.of(rule, mapping) : known;
      current.put(rule, now);
      judging.addAll(now.variants);
      if (!now.covered) {
        uncovered.add(rule.id());
      }
    }
    LayeredProgram program = last == null ? LayeredProgram.compile(judging) : last.with(judging);
    mapped = current;
    last = program;
    return new ActiveRules(version, program, correlations, uncovered.size());
  }

  @Override
  public ActiveRules flattened(ActiveRules rules) {
    ActiveRules flat = rules.flattened();
    if (last == rules.program()) {
      last = flat.program();
    }
    return flat;
  }

  /** What the mapping makes of a rule. */
  private record Mapped(List<SigmaRule> variants, boolean covered) {

    static Mapped of(SigmaRule rule, FieldMapping mapping) {
      List<SigmaRule> alone = List.of(rule);
      return new Mapped(mapping.apply(alone), mapping.uncovered(alone).isEmpty());
    }
  }
}
