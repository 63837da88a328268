package dev.lockstep.job.detect;

import dev.lockstep.content.RuleBundle;
import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.mapping.MappingDocument;
import java.util.List;

/**
 * Compiles rules under a mapping.
 *
 * @param mapping texts without issues; none leaves rules as they are
 */
record MappedRules(List<MappingDocument> mapping) implements RuleCompiler {
  MappedRules {
    mapping = List.copyOf(mapping);
  }

  @Override
  public ActiveRules compile(String version, RuleBundle bundle) {
    return ActiveRules.compile(version, bundle, FieldMapping.parse(mapping).mapping());
  }
}
