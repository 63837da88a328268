package dev.lockstep.elastalert;

import java.util.Optional;

/** One of ElastAlert's types of rules. */
@FunctionalInterface
interface RuleType {

  /** Returns empty, or anything, after having refused. */
  Optional<Draft> read(RuleSettings settings, Filter filter, RuleFilters filters);
}
