package dev.lockstep.program;

import dev.lockstep.sigma.ValueTest;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the tests of one field, or of keywords, for its index. */
final class FieldIndexBuilder {

  /** What a test answers when nothing is necessary for it. */
  static final double ALWAYS = Double.POSITIVE_INFINITY;

  private static final double LIKELIHOOD_OF_NUMBER = 0.1;

  /** Tests that cost more are asked later. */
  private static final double COST_OF_REGEX = 30;

  /** More than any sum of others: what is known only to need its field is asked last. */
  private static final double LIKELIHOOD_OF_PRESENCE = 1e6;

  /** So many characters more make a text half as likely. */
  private static final double HALVING_LENGTH = 3;

  private final LiteralAutomatonBuilder texts = new LiteralAutomatonBuilder();
  private final Map<BigDecimal, IntList> numbers = new HashMap<>();
  private final IntList whenPresent = new IntList();
  private @Nullable NetworkIndex networks;

  /** Returns how likely the index will suspect the test, or {@link #ALWAYS} if it never does. */
  double add(ValueTest test, int predicate) {
    return test.choose(new Adding(predicate));
  }

  /** Numbers the finds from {@code firstFind}; the last stands for the field being there. */
  FieldIndex build(int firstFind) {
    LiteralAutomaton automaton = texts.isEmpty() ? null : texts.build(firstFind);
    Map<BigDecimal, int[]> predicatesByNumber = new HashMap<>();
    numbers.forEach((number, predicates) -> predicatesByNumber.put(number, predicates.toArray()));
    return new FieldIndex(
        automaton,
        predicatesByNumber,
        networks,
        whenPresent.toArray(),
        firstFind + (automaton == null ? 0 : automaton.findCount()));
  }

  private final class Adding implements ValueTest.Cases<Double> {
    private final int predicate;

    Adding(int predicate) {
      this.predicate = predicate;
    }

    @Override
    public Double like(ValueTest.Like test) {
      return text(RequiredText.of(test.pattern()));
    }

    @Override
    public Double regex(ValueTest.Regex test) {
      return COST_OF_REGEX
          * text(new RequiredText(RegexLiterals.of(test.expression()).texts(), false, false));
    }

    @Override
    public Double network(ValueTest.Network test) {
      NetworkIndex index = networks == null ? new NetworkIndex() : networks;
      index.add(test.cidr(), predicate);
      networks = index;
      return LIKELIHOOD_OF_NUMBER;
    }

    @Override
    public Double equalNumber(ValueTest.EqualNumber test) {
      numbers
          .computeIfAbsent(test.number().stripTrailingZeros(), number -> new IntList())
          .add(predicate);
      return LIKELIHOOD_OF_NUMBER;
    }

    @Override
    public Double compare(ValueTest.Compare test) {
      return presence();
    }

    @Override
    public Double datePart(ValueTest.DatePart test) {
      return presence();
    }

    @Override
    public Double equalTruth(ValueTest.EqualTruth test) {
      return text(new RequiredText(List.of(Boolean.toString(test.truth())), true, true));
    }

    @Override
    public Double isNull() {
      return ALWAYS;
    }

    @Override
    public Double exists(boolean expected) {
      return expected ? presence() : ALWAYS;
    }

    @Override
    public Double sameAs(ValueTest.SameAs test) {
      return presence();
    }

    private double text(RequiredText required) {
      if (required.texts().isEmpty()) {
        return presence();
      }
      for (String text : required.texts()) {
        texts.add(CharacterClasses.encode(text, required.atStart(), required.atEnd()), predicate);
      }
      return required.texts().size() * Math.pow(2, -required.length() / HALVING_LENGTH);
    }

    private double presence() {
      whenPresent.add(predicate);
      return LIKELIHOOD_OF_PRESENCE;
    }
  }
}
