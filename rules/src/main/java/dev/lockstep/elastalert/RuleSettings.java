package dev.lockstep.elastalert;

import dev.lockstep.sigma.Position;
import dev.lockstep.sigma.YamlNode;
import dev.lockstep.sigma.YamlNode.Scalar;
import dev.lockstep.sigma.YamlNode.ScalarType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The settings of one rule. What was not asked for is left over, so that nothing gets lost. */
final class RuleSettings {
  private final YamlNode.Members rule;
  private final Remarks remarks;
  private final Set<String> asked = new HashSet<>();

  RuleSettings(YamlNode.Members rule, Remarks remarks) {
    this.rule = rule;
    this.remarks = remarks;
  }

  Remarks remarks() {
    return remarks;
  }

  /** Those that nobody asked for. */
  List<YamlNode.Member> leftOver() {
    return rule.members().stream().filter(member -> !asked.contains(member.name())).toList();
  }

  /** A setting that is there and not null. */
  Optional<YamlNode.Member> member(String name) {
    asked.add(name);
    return rule.member(name)
        .filter(member -> !(member.value() instanceof Scalar it && it.is(ScalarType.NULL)));
  }

  boolean has(String name) {
    return member(name).isPresent();
  }

  /** Says that the rule cannot do without the setting, if it is not there. */
  Optional<YamlNode.Member> required(String name, String type) {
    Optional<YamlNode.Member> member = member(name);
    if (member.isEmpty()) {
      remarks.refuse(rule.position(), name, "a rule of type '" + type + "' needs it");
    }
    return member;
  }

  Optional<String> text(String name) {
    return member(name).flatMap(this::text);
  }

  Optional<String> text(YamlNode.Member member) {
    if (member.value() instanceof Scalar scalar && !scalar.text().isBlank()) {
      return Optional.of(scalar.text().strip());
    }
    remarks.refuse(member.value().position(), member.name(), "text is expected here");
    return Optional.empty();
  }

  boolean truth(String name) {
    Optional<YamlNode.Member> member = member(name);
    if (member.isEmpty()) {
      return false;
    }
    Optional<Boolean> truth = Scalars.truth(member.get().value());
    if (truth.isEmpty()) {
      remarks.refuse(member.get().value().position(), name, "true or false is expected here");
    }
    return truth.orElse(false);
  }

  /** A number in plain digits, as it is written. */
  Optional<String> number(YamlNode.Member member) {
    if (member.value() instanceof Scalar scalar
        && scalar.is(ScalarType.NUMBER)
        && FieldTests.isNumber(scalar.text())) {
      return Optional.of(scalar.text());
    }
    remarks.refuse(member.value().position(), member.name(), "a number is expected here");
    return Optional.empty();
  }

  Optional<String> number(String name) {
    return member(name).flatMap(this::number);
  }

  /** A whole number from 1 on. */
  Optional<String> count(YamlNode.Member member) {
    Optional<String> number = number(member);
    if (number.isPresent()
        && (number.get().indexOf('.') >= 0 || new BigDecimal(number.get()).signum() <= 0)) {
      remarks.refuse(
          member.value().position(), member.name(), "a whole number from 1 on is expected here");
      return Optional.empty();
    }
    return number;
  }

  /** A length of time, of at least a second. */
  Optional<Timespan> timespan(YamlNode.Member member) {
    Optional<BigDecimal> millis = millis(member);
    if (millis.isPresent() && !Timespan.admits(millis.get())) {
      remarks.refuse(
          member.value().position(), member.name(), "more than nothing, and at most ten years");
      return Optional.empty();
    }
    return millis.map(Timespan::ofMillis);
  }

  Optional<Timespan> timespan(String name) {
    return member(name).flatMap(this::timespan);
  }

  /** A length of time in milliseconds, which may be 0. */
  Optional<BigDecimal> millis(YamlNode.Member member) {
    if (!(member.value() instanceof YamlNode.Members parts) || parts.members().isEmpty()) {
      remarks.refuse(
          member.value().position(), member.name(), "a length of time is a map: {minutes: 5}");
      return Optional.empty();
    }
    BigDecimal sum = BigDecimal.ZERO;
    for (YamlNode.Member part : parts.members()) {
      Long unit = Timespan.UNITS.get(part.name());
      if (unit == null
          || !(part.value() instanceof Scalar scalar)
          || !FieldTests.isNumber(scalar.text())) {
        remarks.refuse(
            part.key().position(),
            member.name(),
            "a length of time has weeks, days, hours, minutes or seconds, and a number of them");
        return Optional.empty();
      }
      sum = sum.add(new BigDecimal(scalar.text()).multiply(BigDecimal.valueOf(unit)));
    }
    return Optional.of(sum);
  }

  /** Names of fields, one or a list; none if the setting is not there. */
  List<String> fields(String name) {
    List<String> fields = new ArrayList<>();
    member(name)
        .ifPresent(
            member -> Members.items(member.value()).forEach(node -> field(member, node, fields)));
    return fields;
  }

  /** Adds the name of a field, as events have it. */
  void field(YamlNode.Member member, YamlNode node, List<String> fields) {
    try {
      String field = FieldTests.fieldOf(Scalars.text(node));
      if (!fields.contains(field)) {
        fields.add(field);
      }
    } catch (FilterFault e) {
      remarks.refuse(node.position(), member.name(), e.problem());
    }
  }

  void refuse(YamlNode.Member member, String message) {
    remarks.refuse(member.key().position(), member.name(), message);
  }

  void lose(YamlNode.Member member, String message) {
    remarks.lose(member.key().position(), member.name(), message);
  }

  void note(YamlNode.Member member, String message) {
    remarks.note(member.key().position(), member.name(), message);
  }

  Position position() {
    return rule.position();
  }
}
