package dev.lockstep.sigma;

import dev.lockstep.sigma.RuleSize.Measure;
import dev.lockstep.sigma.YamlNode.ScalarType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Turns the values under one key into tests, as the key's modifiers say. */
final class ValueReader {
  private static final Map<Modifier, Comparison> COMPARISONS =
      Map.of(
          Modifier.LT, Comparison.LT,
          Modifier.LTE, Comparison.LTE,
          Modifier.GT, Comparison.GT,
          Modifier.GTE, Comparison.GTE);

  private final FieldKey key;
  private final DocumentScope scope;
  private final Issues issues;

  ValueReader(FieldKey key, DocumentScope scope) {
    this.key = key;
    this.scope = scope;
    this.issues = scope.issues();
  }

  /**
   * Returns the tests of which one must pass, more than one where a modifier makes several of a
   * value; none after having reported why.
   */
  List<ValueTest> read(YamlNode.Scalar value) {
    List<ValueTest> tests = new ArrayList<>();
    for (YamlNode.Scalar expanded : PlaceholderExpansion.of(value, key, scope)) {
      List<ValueTest> made = readExpanded(expanded);
      long characters = made.stream().mapToLong(ValueReader::charactersOf).sum();
      if (!scope.size().add(Measure.TESTS, value.position(), made.size())
          || !scope.size().add(Measure.CHARACTERS, value.position(), characters)) {
        return List.of();
      }
      tests.addAll(made);
    }
    return tests;
  }

  private static long charactersOf(ValueTest test) {
    if (test instanceof ValueTest.Like like) {
      return like.pattern().literalText().length();
    }
    return test instanceof ValueTest.Regex regex ? regex.expression().length() : 0;
  }

  private List<ValueTest> readExpanded(YamlNode.Scalar value) {
    Modifier type = key.type().orElse(null);
    if (type == null) {
      return plain(value);
    }
    return switch (type) {
      case RE -> text(value) ? new RegexReader(key, scope).read(value) : List.of();
      case CIDR -> text(value) ? NetworkReader.read(value, issues) : List.of();
      case FIELDREF -> text(value) ? List.of(sameAs(value)) : List.of();
      case EXISTS -> exists(value);
      default -> number(type, value);
    };
  }

  private List<ValueTest> plain(YamlNode.Scalar value) {
    if (key.isKeyword() || !key.textModifiers().isEmpty()) {
      return text(value) ? new TextReader(key, scope).read(value) : List.of();
    }
    return switch (value.type()) {
      case TEXT -> new TextReader(key, scope).read(value);
      case NUMBER -> List.of(new ValueTest.EqualNumber(new BigDecimal(value.text())));
      case TRUTH -> List.of(new ValueTest.EqualTruth(Boolean.parseBoolean(value.text())));
      case NULL -> List.of(new ValueTest.IsNull());
    };
  }

  /** Numbers and booleans are taken as they are written; null has no text. */
  private boolean text(YamlNode.Scalar value) {
    if (value.is(ScalarType.NULL)) {
      issues.report(
          value.position(),
          key.isKeyword()
              ? "a keyword must be text, this is null"
              : "null goes with no modifier but 'neq'; write '' for the empty text");
    }
    return !value.is(ScalarType.NULL);
  }

  private ValueTest sameAs(YamlNode.Scalar value) {
    ValueTest.SameAs.Relation relation = ValueTest.SameAs.Relation.EQUAL;
    if (key.has(Modifier.CONTAINS)) {
      relation = ValueTest.SameAs.Relation.CONTAINS;
    } else if (key.has(Modifier.STARTSWITH)) {
      relation = ValueTest.SameAs.Relation.STARTS_WITH;
    } else if (key.has(Modifier.ENDSWITH)) {
      relation = ValueTest.SameAs.Relation.ENDS_WITH;
    }
    return new ValueTest.SameAs(value.text().replace(" ", ""), relation, key.has(Modifier.CASED));
  }

  private List<ValueTest> exists(YamlNode.Scalar value) {
    if (!value.is(ScalarType.TRUTH)) {
      issues.report(value.position(), "'exists' takes true or false, this is " + value.describe());
      return List.of();
    }
    return List.of(new ValueTest.Exists(Boolean.parseBoolean(value.text())));
  }

  private List<ValueTest> number(Modifier type, YamlNode.Scalar value) {
    if (!value.is(ScalarType.NUMBER)) {
      issues.report(
          value.position(),
          "'%s' takes a number without quotes, this is %s"
              .formatted(type.term(), value.describe()));
      return List.of();
    }
    BigDecimal number = new BigDecimal(value.text());
    Comparison comparison =
        key.first(Modifier.Role.COMPARISON).map(COMPARISONS::get).orElse(Comparison.EQ);
    return type.role() == Modifier.Role.DATE_PART
        ? datePart(DateUnit.valueOf(type.name()), comparison, value, number)
        : List.of(new ValueTest.Compare(comparison, number));
  }

  private List<ValueTest> datePart(
      DateUnit unit, Comparison comparison, YamlNode.Scalar value, BigDecimal number) {
    boolean whole = number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
    if (!whole
        || number.compareTo(BigDecimal.valueOf(unit.least())) < 0
        || number.compareTo(BigDecimal.valueOf(unit.greatest())) > 0) {
      issues.report(
          value.position(),
          "'%s' takes a whole number from %d to %d, this is %s"
              .formatted(
                  unit.name().toLowerCase(Locale.ROOT),
                  unit.least(),
                  unit.greatest(),
                  value.text()));
      return List.of();
    }
    return List.of(new ValueTest.DatePart(unit, comparison, number));
  }
}
