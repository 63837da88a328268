package dev.lockstep.job.detect;

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
  public RuleRevisions start() {
    return new MappedRevisions(FieldMapping.parse(mapping).mapping());
  }
}
