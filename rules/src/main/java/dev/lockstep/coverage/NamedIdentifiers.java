package dev.lockstep.coverage;

import dev.lockstep.sigma.Condition;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The search identifiers that a condition names. */
final class NamedIdentifiers implements Condition.Cases<Set<String>> {

  @Override
  public Set<String> allOf(List<Condition> parts) {
    return any(parts);
  }

  @Override
  public Set<String> anyOf(List<Condition> parts) {
    return any(parts);
  }

  @Override
  public Set<String> not(Condition negated) {
    return negated.choose(this);
  }

  @Override
  public Set<String> identifier(String name) {
    return Set.of(name);
  }

  private Set<String> any(List<Condition> parts) {
    Set<String> names = new LinkedHashSet<>();
    parts.forEach(part -> names.addAll(part.choose(this)));
    return names;
  }
}
