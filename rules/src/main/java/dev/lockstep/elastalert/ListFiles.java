package dev.lockstep.elastalert;

import java.util.Optional;

/** Finds the lists that rules refer to as {@code !file}. */
@FunctionalInterface
public interface ListFiles {
  /** No list is there. */
  ListFiles NONE = (rule, list) -> Optional.empty();

  /** The text of a list that a rule names; empty if it cannot be read. */
  Optional<String> textOf(ElastAlertFile rule, String list);
}
