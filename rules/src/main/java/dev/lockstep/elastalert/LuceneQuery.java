package dev.lockstep.elastalert;

import java.util.List;

/**
 * A query of {@code query_string} and what it says about itself.
 *
 * @param requiredByDefault whether clauses without operators are joined by AND
 * @param defaultFields where terms without a field are looked for; empty for the whole event
 */
record LuceneQuery(String text, boolean requiredByDefault, List<String> defaultFields) {
  LuceneQuery {
    defaultFields = List.copyOf(defaultFields);
  }
}
