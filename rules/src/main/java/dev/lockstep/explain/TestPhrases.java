package dev.lockstep.explain;

import dev.lockstep.sigma.Comparison;
import dev.lockstep.sigma.TextPattern;
import dev.lockstep.sigma.TextPattern.Kind;
import dev.lockstep.sigma.TextPattern.Part;
import dev.lockstep.sigma.ValueTest;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says tests in words. Texts stand as they are compared, with their escapes undone. */
final class TestPhrases implements ValueTest.Cases<Phrase> {

  static Phrase of(ValueTest test) {
    return test.choose(new TestPhrases());
  }

  @Override
  public Phrase like(ValueTest.Like test) {
    List<Part> parts = test.pattern().parts();
    boolean openStart = !parts.isEmpty() && parts.get(0).kind() == Kind.ANY_RUN;
    boolean openEnd = parts.size() > 1 && parts.get(parts.size() - 1).kind() == Kind.ANY_RUN;
    List<Part> inner = parts.subList(openStart ? 1 : 0, parts.size() - (openEnd ? 1 : 0));
    if (openStart && inner.isEmpty()) {
      return new Phrase("is any text", "");
    }
    TextPattern closed = new TextPattern(inner);
    String verb = verb(openStart, openEnd, closed.isLiteral());
    return new Phrase(
        test.cased() ? verb + " (cased)" : verb,
        "'" + Cut.text(closed.isLiteral() ? closed.literalText() : sigma(inner)) + "'");
  }

  @Override
  public Phrase regex(ValueTest.Regex test) {
    String flags =
        test.flags().stream()
            .sorted()
            .map(
                flag ->
                    switch (flag) {
                      case IGNORE_CASE -> "i";
                      case MULTILINE -> "m";
                      case DOT_ALL -> "s";
                    })
            .collect(Collectors.joining());
    return new Phrase("matches", "/" + Cut.text(test.expression()) + "/" + flags);
  }

  @Override
  public Phrase network(ValueTest.Network test) {
    return new Phrase("is an address in", test.cidr());
  }

  @Override
  public Phrase equalNumber(ValueTest.EqualNumber test) {
    return new Phrase("is", test.number().toString());
  }

  @Override
  public Phrase compare(ValueTest.Compare test) {
    return new Phrase("is", sign(test.comparison()) + " " + test.bound());
  }

  @Override
  public Phrase datePart(ValueTest.DatePart test) {
    String unit = test.unit().name().toLowerCase(Locale.ROOT);
    return new Phrase(
        "is a date whose " + unit + " is", sign(test.comparison()) + " " + test.number());
  }

  @Override
  public Phrase equalTruth(ValueTest.EqualTruth test) {
    return new Phrase("is", String.valueOf(test.truth()));
  }

  @Override
  public Phrase isNull() {
    return new Phrase("is", "null or absent");
  }

  @Override
  public Phrase exists(boolean expected) {
    return new Phrase(expected ? "exists" : "does not exist", "");
  }

  @Override
  public Phrase sameAs(ValueTest.SameAs test) {
    String verb =
        switch (test.relation()) {
          case EQUAL -> "is";
          case CONTAINS -> "contains";
          case STARTS_WITH -> "starts with";
          case ENDS_WITH -> "ends with";
        };
    return new Phrase(
        test.cased() ? verb + " (cased)" : verb, "the value of " + Cut.text(test.otherField()));
  }

  private static String sign(Comparison comparison) {
    return switch (comparison) {
      case LT -> "<";
      case LTE -> "<=";
      case GT -> ">";
      case GTE -> ">=";
      case EQ -> "=";
    };
  }

  private static String verb(boolean openStart, boolean openEnd, boolean literal) {
    if (openStart && openEnd) {
      return "contains";
    }
    if (openStart) {
      return "ends with";
    }
    return openEnd ? "starts with" : literal ? "is" : "is like";
  }

  /** Wildcards as Sigma writes them; a character that would be one is escaped. */
  private static String sigma(List<Part> parts) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part.kind()) {
        case LITERAL -> text.append(part.text().replace("*", "\\*").replace("?", "\\?"));
        case ANY_RUN -> text.append('*');
        case ANY_CHAR -> text.append('?');
        case ONE_OF -> text.append('[').append(part.text()).append(']');
      }
    }
    return text.toString();
  }
}
