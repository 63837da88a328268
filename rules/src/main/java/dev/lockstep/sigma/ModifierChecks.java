package dev.lockstep.sigma;

import dev.lockstep.sigma.Modifier.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Says which modifiers of one key do not go together, or not in their order. */
final class ModifierChecks {
  private final FieldKey key;
  private final Issues issues;

  ModifierChecks(FieldKey key, Issues issues) {
    this.key = key;
    this.issues = issues;
  }

  void report() {
    key.type().ifPresent(this::checkType);
    for (Modifier modifier : key.modifiers()) {
      if (modifier.role() == Role.FLAG && !key.has(Modifier.RE)) {
        report("the modifier '%s' needs 're' before it".formatted(modifier.term()));
      }
    }
    checkExpansion();
    checkAlone(Role.PLACE);
    checkAlone(Role.DATE_PART);
    checkAlone(Role.COMPARISON);
  }

  private void checkType(Modifier type) {
    if (key.isKeyword() && type != Modifier.RE) {
      report("the modifier '%s' needs a field".formatted(type.term()));
    }
    if (type == Modifier.RE && key.modifiers().get(0) != Modifier.RE) {
      report("the modifier 're' must come first");
    }
    if (type.role() == Role.DATE_PART) {
      checkOrder(type);
    }
    Set<Modifier> companions = companionsOf(type);
    for (Modifier modifier : key.modifiers()) {
      if (modifier.role() != type.role() && !companions.contains(modifier)) {
        report("'%s' cannot be combined with '%s'".formatted(type.term(), modifier.term()));
      }
    }
    if (type.role() == Role.TYPE) {
      checkAlone(Role.TYPE);
    }
  }

  private void checkOrder(Modifier part) {
    for (Modifier before : key.modifiers().subList(0, key.modifiers().indexOf(part))) {
      if (before.role() == Role.COMPARISON) {
        report("'%1$s' must come before '%2$s': '%1$s|%2$s'".formatted(part.term(), before.term()));
      }
    }
  }

  /** What has been encoded has no placeholders any more. */
  private void checkExpansion() {
    if (!key.has(Modifier.EXPAND)) {
      return;
    }
    for (Modifier before : key.modifiers().subList(0, key.modifiers().indexOf(Modifier.EXPAND))) {
      if (before.encodes()) {
        report("'expand' must come before '%s'".formatted(before.term()));
      }
    }
  }

  private void checkAlone(Role role) {
    List<Modifier> same =
        key.modifiers().stream().filter(modifier -> modifier.role() == role).distinct().toList();
    if (same.size() > 1) {
      report("'%s' and '%s' exclude each other".formatted(same.get(0).term(), same.get(1).term()));
    }
  }

  private void report(String message) {
    issues.report(key.position(), message);
  }

  private static Set<Modifier> companionsOf(Modifier type) {
    if (type == Modifier.EXISTS) {
      return Set.of();
    }
    Set<Modifier> companions = EnumSet.of(Modifier.ALL, Modifier.NEQ);
    if (type == Modifier.RE || type == Modifier.FIELDREF) {
      companions.addAll(
          Set.of(Modifier.CONTAINS, Modifier.STARTSWITH, Modifier.ENDSWITH, Modifier.CASED));
    }
    if (type == Modifier.RE || type == Modifier.CIDR) {
      companions.add(Modifier.EXPAND);
    }
    if (type == Modifier.RE) {
      companions.addAll(Set.of(Modifier.I, Modifier.M, Modifier.S));
    }
    if (type.role() == Role.DATE_PART) {
      companions.addAll(Set.of(Modifier.LT, Modifier.LTE, Modifier.GT, Modifier.GTE));
    }
    return companions;
  }
}
