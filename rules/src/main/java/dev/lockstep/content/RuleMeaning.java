package dev.lockstep.content;

import dev.lockstep.correlation.Correlation;
import dev.lockstep.correlation.CorrelationPlan;
import dev.lockstep.digest.Sha256;
import dev.lockstep.sigma.Condition;
import dev.lockstep.sigma.CustomerScope;
import dev.lockstep.sigma.Detection;
import dev.lockstep.sigma.Logsource;
import dev.lockstep.sigma.SigmaCorrelation;
import dev.lockstep.sigma.SigmaRule;
import dev.lockstep.sigma.Suppression;
import dev.lockstep.sigma.TextPattern;
import dev.lockstep.sigma.ValueTest;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a rule does, apart from how it is written: which events of which customers it finds, and
 * where its alerts go. Search identifiers are followed to what they ask, so their names do not
 * count; neither does the order of what is combined by {@code and} or {@code or}.
 *
 * <p>Rules of one meaning find the same. That rules which find the same have one meaning is not
 * promised: {@code not (a or b)} and {@code not a and not b} have two.
 */
final class RuleMeaning implements Condition.Cases<String> {
  private static final int HASH_BYTES = 8;

  private final SigmaRule rule;

  private RuleMeaning(SigmaRule rule) {
    this.rule = rule;
  }

  /**
   * Returns, by rule id, 16 hex digits that are the same for the same meaning.
   *
   * @param inForce all rules as filters have left them; several may have one id, for different
   *     customers
   */
  static Map<String, String> hashesOf(List<SigmaRule> inForce) {
    Map<String, List<String>> written =
        inForce.stream()
            .collect(
                Collectors.groupingBy(
                    SigmaRule::id, Collectors.mapping(RuleMeaning::written, Collectors.toList())));
    Map<String, String> hashes = new HashMap<>();
    written.forEach(
        (id, parts) ->
            hashes.put(id, Sha256.hexOfParts(parts.stream().sorted().toList(), HASH_BYTES)));
    return hashes;
  }

  /** Returns 16 hex digits that are the same for the same meaning, that of its rules included. */
  static String hashOf(SigmaCorrelation written, CorrelationPlan plan) {
    String correlated =
        plan.correlation(written.id()).map(Correlation::meaning).orElse(written.contentHash());
    List<String> parts =
        List.of(
            correlated,
            written.stage().name(),
            String.valueOf(written.level()),
            customers(written.customers()),
            Boolean.toString(written.generate()),
            Suppression.of(written.attributes()).toString());
    return Sha256.hexOfParts(parts, HASH_BYTES);
  }

  /** Returns 16 hex digits that are the same for rules which find the same events. */
  static String ofQuestion(SigmaRule rule) {
    return Sha256.hex(question(rule), HASH_BYTES);
  }

  private static String written(SigmaRule rule) {
    return term("alert", rule.stage().name(), String.valueOf(rule.level()))
        + Suppression.of(rule.attributes()).map(Suppression::toString).orElse("")
        + question(rule);
  }

  private static String question(SigmaRule rule) {
    Logsource source = rule.logsource();
    return term("logsource", source.category(), source.product(), source.service())
        + customers(rule.customers())
        + rule.condition().choose(new RuleMeaning(rule));
  }

  private static String customers(CustomerScope scope) {
    return term(scope.kind().name(), scope.customers().stream().sorted().toArray(String[]::new));
  }

  @Override
  public String allOf(List<Condition> parts) {
    return combined("and", parts.stream().map(part -> part.choose(this)));
  }

  @Override
  public String anyOf(List<Condition> parts) {
    return combined("or", parts.stream().map(part -> part.choose(this)));
  }

  @Override
  public String not(Condition negated) {
    return "not(" + negated.choose(this) + ")";
  }

  @Override
  public String identifier(String name) {
    Detection detection = rule.detections().get(name);
    if (detection == null) {
      throw new IllegalArgumentException(
          "the condition of rule %s refers to nothing: %s".formatted(rule.id(), name));
    }
    return detection.choose(ASKED);
  }

  /** How often a part comes does not count either; a single one stands for itself. */
  private static String combined(String operator, Stream<String> parts) {
    Collection<String> different = parts.collect(Collectors.toCollection(TreeSet::new));
    return different.size() == 1
        ? different.iterator().next()
        : operator + "(" + String.join(",", different) + ")";
  }

  /** Each argument is preceded by its length, so that none can be taken for anything else. */
  private static String term(String name, @Nullable String... arguments) {
    return Stream.of(arguments)
        .map(argument -> argument == null ? "-" : argument.length() + ":" + argument)
        .collect(Collectors.joining(",", name + "(", ")"));
  }

  private static final Detection.Cases<String> ASKED =
      new Detection.Cases<>() {
        @Override
        public String allOf(List<Detection> parts) {
          return combined("and", parts.stream().map(part -> part.choose(this)));
        }

        @Override
        public String anyOf(List<Detection> parts) {
          return combined("or", parts.stream().map(part -> part.choose(this)));
        }

        @Override
        public String not(Detection negated) {
          return "not(" + negated.choose(this) + ")";
        }

        @Override
        public String field(String field, ValueTest test) {
          return term("field", field, test.choose(TESTED));
        }

        @Override
        public String keyword(ValueTest test) {
          return term("keyword", test.choose(TESTED));
        }
      };

  private static final ValueTest.Cases<String> TESTED =
      new ValueTest.Cases<>() {
        @Override
        public String like(ValueTest.Like test) {
          return test.pattern().parts().stream()
              .map(RuleMeaning::part)
              .collect(Collectors.joining("", test.cased() ? "cased(" : "like(", ")"));
        }

        @Override
        public String regex(ValueTest.Regex test) {
          String flags = test.flags().stream().map(Enum::name).sorted().toList().toString();
          return term("regex", test.expression(), flags);
        }

        @Override
        public String network(ValueTest.Network test) {
          return term("network", test.cidr());
        }

        @Override
        public String equalNumber(ValueTest.EqualNumber test) {
          return term("number", plain(test.number()));
        }

        @Override
        public String compare(ValueTest.Compare test) {
          return term("compare", test.comparison().name(), plain(test.bound()));
        }

        @Override
        public String datePart(ValueTest.DatePart test) {
          return term("date", test.unit().name(), test.comparison().name(), plain(test.number()));
        }

        @Override
        public String equalTruth(ValueTest.EqualTruth test) {
          return "truth(" + test.truth() + ")";
        }

        @Override
        public String isNull() {
          return "null";
        }

        @Override
        public String exists(boolean expected) {
          return "exists(" + expected + ")";
        }

        @Override
        public String sameAs(ValueTest.SameAs test) {
          return term(
              "same", test.otherField(), test.relation().name(), Boolean.toString(test.cased()));
        }
      };

  private static String part(TextPattern.Part part) {
    return term(part.kind().name(), part.text());
  }

  /** A number has one form, however it is written; not the plain one, which can be endless. */
  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toString();
  }
}
