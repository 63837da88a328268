package dev.lockstep.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionParserTest {
  private static final Set<String> IDENTIFIERS =
      new LinkedHashSet<>(List.of("a", "b", "sel_1", "sel-2", "_hidden", "all", "1", "azAZ09"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "a ~ a",
        "a and b or sel_1 ~ ((a & b) | sel_1)",
        "a or b and sel_1 ~ (a | (b & sel_1))",
        "not a and b ~ (!a & b)",
        "not not a ~ !!a",
        "not (a or b) ~ !(a | b)",
        "(a or b)and(sel-2) ~ ((a | b) & sel-2)",
        "a and b and sel_1 ~ (a & b & sel_1)",
        "1 of sel* ~ (sel_1 | sel-2)",
        "any of sel* ~ (sel_1 | sel-2)",
        "all of sel* ~ (sel_1 & sel-2)",
        "not 1 of sel* ~ !(sel_1 | sel-2)",
        "1 of sel_* and a ~ ((sel_1) & a)",
        "all of them ~ (a & b & sel_1 & sel-2 & all & 1 & azAZ09)",
        "azAZ09 ~ azAZ09",
        "1 of _* ~ (_hidden)",
        "1 of *2 ~ (sel-2)",
        "1 of a ~ (a)",
        "_hidden ~ _hidden",
        "all and 1 ~ (all & 1)",
      })
  void readsTheGrammar(String condition, String tree) {
    Issues issues = new Issues("f");
    assertThat(
            ConditionParser.parse(
                    scalar(condition), IDENTIFIERS, new DocumentScope(issues, Placeholders.NONE))
                .map(ConditionParserTest::show))
        .hasValue(tree);
    assertThat(issues.reported()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "`` ~ f:3:5: expected a search identifier, but the condition ends",
        "a b ~ f:3:7: expected 'and', 'or' or the end, but found 'b'",
        "a AND b ~ f:3:7: expected 'and', 'or' or the end, but found 'AND'; operators are written"
            + " in lower case: 'and'",
        "1 OF sel* ~ f:3:7: expected 'and', 'or' or the end, but found 'OF'; operators are written"
            + " in lower case: 'of'",
        "a THEM ~ f:3:7: expected 'and', 'or' or the end, but found 'THEM'",
        "(a or b ~ f:3:12: expected ')', but the condition ends",
        "a and ~ f:3:10: expected a search identifier, but the condition ends",
        "a and or b ~ f:3:11: expected a search identifier, but found 'or'",
        "c ~ f:3:5: the search identifier 'c' is not defined; there is a, b, sel_1, sel-2, _hidden,"
            + " all, 1, azAZ09",
        "sel* ~ f:3:5: a pattern needs '1 of' or 'all of' before it: '1 of sel*'",
        "1 of x* ~ f:3:10: no search identifier matches 'x*'; there is a, b, sel_1, sel-2, _hidden,"
            + " all, 1, azAZ09",
        "2 of sel* ~ f:3:5: '2 of' is not Sigma; there is '1 of', 'any of' and 'all of'",
        "1 of ~ f:3:9: expected 'them' or a pattern such as 'selection_*', but the condition ends",
        "a | count() > 5 ~ f:3:7: expected 'and', 'or' or the end, but found '|'; aggregations"
            + " after '|' are no longer Sigma, write a correlation rule",
        "a & b ~ f:3:7: expected 'and', 'or' or the end, but found '&'",
      })
  void saysWhatWouldBeRight(String condition, String issue) {
    Issues issues = new Issues("f");
    assertThat(
            ConditionParser.parse(
                scalar(condition), IDENTIFIERS, new DocumentScope(issues, Placeholders.NONE)))
        .isEmpty();
    assertThat(issues.reported()).extracting(Issue::toString).containsExactly(issue);
  }

  @Test
  void reportsEveryUnknownIdentifierOfACondition() {
    Issues issues = new Issues("f");
    assertThat(
            ConditionParser.parse(
                scalar("x and y or 1 of z*"),
                IDENTIFIERS,
                new DocumentScope(issues, Placeholders.NONE)))
        .isEmpty();
    assertThat(issues.reported()).hasSize(3);
  }

  @Test
  void takesWhatIsNestedAsDeepAsItSays() {
    for (String depth : List.of("(".repeat(63) + "a" + ")".repeat(63), "not ".repeat(63) + "a")) {
      Issues issues = new Issues("f");
      DocumentScope scope = new DocumentScope(issues, Placeholders.NONE);
      assertThat(ConditionParser.parse(scalar(depth), IDENTIFIERS, scope)).isPresent();
      assertThat(ConditionParser.parse(scalar("not " + depth), IDENTIFIERS, scope)).isEmpty();
      assertThat(issues.reported())
          .extracting(Issue::message)
          .containsExactly("the condition is nested deeper than 64 levels");
    }
  }

  @Test
  void refusesWhatIsNestedTooDeep() {
    for (String deep : List.of("(".repeat(10_000), "not ".repeat(10_000) + "a")) {
      Issues issues = new Issues("f");
      assertThat(
              ConditionParser.parse(
                  scalar(deep), IDENTIFIERS, new DocumentScope(issues, Placeholders.NONE)))
          .isEmpty();
      assertThat(issues.reported())
          .extracting(Issue::message)
          .containsExactly("the condition is nested deeper than 64 levels");
    }
  }

  private static YamlNode.Scalar scalar(String text) {
    return new YamlNode.Scalar(YamlNode.ScalarType.TEXT, text, 0, new Position(3, 5));
  }

  private static String show(Condition condition) {
    return condition.choose(
        new Condition.Cases<String>() {
          @Override
          public String allOf(List<Condition> parts) {
            return join(parts, " & ");
          }

          @Override
          public String anyOf(List<Condition> parts) {
            return join(parts, " | ");
          }

          @Override
          public String not(Condition negated) {
            return "!" + negated.choose(this);
          }

          @Override
          public String identifier(String name) {
            return name;
          }

          private String join(List<Condition> parts, String operator) {
            return parts.stream()
                .map(part -> part.choose(this))
                .collect(Collectors.joining(operator, "(", ")"));
          }
        });
  }
}
