package dev.lockstep.sigma;

import dev.lockstep.sigma.ConditionLexer.Token;
import dev.lockstep.sigma.RuleSize.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one condition (Sigma specification, "Condition") against the identifiers it may name.
 *
 * <p>Binding from tight to loose: parentheses, {@code x of}, {@code not}, {@code and}, {@code or}.
 */
final class ConditionParser {
  private static final int MAX_DEPTH = 64;
  private static final Set<String> OPERATORS = Set.of("and", "or", "not");

  private final YamlNode.Scalar text;
  private final int identifierCount;
  private final Selector selector;
  private final RuleSize size;
  private final Issues issues;
  private final List<Token> tokens;
  private int next;
  private int depth;

  private ConditionParser(YamlNode.Scalar text, Set<String> identifiers, DocumentScope scope) {
    this.text = text;
    this.identifierCount = identifiers.size();
    this.selector = new Selector(identifiers);
    this.size = scope.size();
    this.issues = scope.issues();
    this.tokens = ConditionLexer.tokensOf(text.text());
  }

  /** Returns empty after having reported why. */
  static Optional<Condition> parse(
      YamlNode.Scalar text, Set<String> identifiers, DocumentScope scope) {
    return new ConditionParser(text, identifiers, scope).parseWhole();
  }

  private Optional<Condition> parseWhole() {
    int before = issues.count();
    if (!size.add(Measure.CONDITIONS, text.position(), cost())) {
      return Optional.empty();
    }
    try {
      Condition condition = or();
      if (!peek().is("")) {
        throw unexpected("'and', 'or' or the end");
      }
      return issues.count() == before ? Optional.of(condition) : Optional.empty();
    } catch (YamlFault e) {
      issues.report(e.position(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Each pattern is compared with all identifiers, and may come to all of them. */
  private long cost() {
    long patterns = tokens.stream().filter(token -> token.is("of")).count();
    return text.text().length() + patterns * identifierCount;
  }

  private Condition or() {
    List<Condition> parts = new ArrayList<>(List.of(and()));
    while (accept("or")) {
      parts.add(and());
    }
    return parts.size() == 1 ? parts.get(0) : new Condition.AnyOf(parts);
  }

  private Condition and() {
    List<Condition> parts = new ArrayList<>(List.of(not()));
    while (accept("and")) {
      parts.add(not());
    }
    return parts.size() == 1 ? parts.get(0) : new Condition.AllOf(parts);
  }

  private Condition not() {
    if (++depth > MAX_DEPTH) {
      throw fault(peek(), "the condition is nested deeper than " + MAX_DEPTH + " levels");
    }
    try {
      return accept("not") ? new Condition.Not(not()) : primary();
    } finally {
      depth--;
    }
  }

  private Condition primary() {
    if (accept("(")) {
      Condition inner = or();
      if (!accept(")")) {
        throw unexpected("')'");
      }
      return inner;
    }
    Token token = peek();
    if (!token.isWord() || OPERATORS.contains(token.text())) {
      throw unexpected("a search identifier");
    }
    next++;
    return accept("of") ? quantified(token) : identifier(token);
  }

  private Condition quantified(Token quantifier) {
    Token pattern = peek();
    if (!pattern.isWord() || OPERATORS.contains(pattern.text())) {
      throw unexpected("'them' or a pattern such as 'selection_*'");
    }
    next++;
    List<Condition> chosen = selector.select(pattern.text());
    if (chosen.isEmpty()) {
      report(pattern, selector.nothingSelected(pattern.text()));
    }
    return switch (quantifier.text()) {
      case "all" -> new Condition.AllOf(chosen);
      case "1", "any" -> new Condition.AnyOf(chosen);
      default -> {
        report(
            quantifier,
            "'%s of' is not Sigma; there is '1 of', 'any of' and 'all of'"
                .formatted(quantifier.text()));
        yield new Condition.AnyOf(chosen);
      }
    };
  }

  private Condition identifier(Token token) {
    selector.unknown(token.text()).ifPresent(problem -> report(token, problem));
    return new Condition.Identifier(token.text());
  }

  private Token peek() {
    return tokens.get(next);
  }

  private boolean accept(String expected) {
    boolean there = peek().is(expected);
    next += there ? 1 : 0;
    return there;
  }

  private YamlFault unexpected(String expected) {
    Token token = peek();
    String hint = hintFor(token);
    String found = token.is("") ? "the condition ends" : "found '" + token.text() + "'";
    return fault(token, "expected " + expected + ", but " + found + (hint == null ? "" : hint));
  }

  private static @Nullable String hintFor(Token token) {
    if (token.is("|")) {
      return "; aggregations after '|' are no longer Sigma, write a correlation rule";
    }
    String lower = token.text().toLowerCase(Locale.ROOT);
    boolean shouting =
        !lower.equals(token.text()) && (OPERATORS.contains(lower) || lower.equals("of"));
    return shouting ? "; operators are written in lower case: '" + lower + "'" : null;
  }

  private YamlFault fault(Token token, String message) {
    return new YamlFault(text.at(token.offset()), message);
  }

  private void report(Token token, String message) {
    issues.report(text.at(token.offset()), message);
  }
}
