package dev.lockstep.program;

import dev.lockstep.sigma.ValueTest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the tests of one field, or of keywords, for its index. */
final class FieldIndexBuilder {

  /**
   * How the index would answer for tests.
   *
   * @param likelihood how likely the index will suspect one
   * @param open whether the index can miss one unless it is asked of every event in which the field
   *     is
   * @param anywhere whether one can be passed by an event without the field
   */
  record Estimate(double likelihood, boolean open, boolean anywhere) {}

  private static final double LIKELIHOOD_OF_NUMBER = 0.1;

  /** Tests that cost more are asked later. */
  private static final double COST_OF_REGEX = 30;

  /** More than any sum of others: what is known only to need its field is asked last. */
  private static final double LIKELIHOOD_OF_PRESENCE = 1e6;

  /** So many characters more make a text half as likely. */
  private static final double HALVING_LENGTH = 3;

  private final LiteralIndexBuilder texts = new LiteralIndexBuilder();
  private final Map<BigDecimal, IntList> numbers = new HashMap<>();
  private @Nullable NetworkIndex networks;
  private int presence = FieldIndex.NOT_ASKED;

  /** Tells how the index would answer for the tests of one question. */
  static Estimate estimate(List<ValueTest> tests) {
    FieldIndexBuilder nowhere = new FieldIndexBuilder();
    double likelihood = 0;
    boolean open = false;
    boolean anywhere = false;
    for (ValueTest test : tests) {
      Adding adding = nowhere.new Adding(0);
      likelihood += test.choose(adding);
      open |= adding.open;
      anywhere |= adding.anywhere;
    }
    return new Estimate(likelihood, open, anywhere);
  }

  /**
   * Adds the tests of one question: the predicate is true if some of them is passed.
   *
   * @return the tests that the index can suspect only, or not even that; of all others it knows
   *     whether they are passed
   */
  List<ValueTest> add(List<ValueTest> tests, int predicate) {
    List<ValueTest> residue = new ArrayList<>();
    for (ValueTest test : tests) {
      Adding adding = new Adding(predicate);
      test.choose(adding);
      if (!adding.settles) {
        residue.add(test);
      }
    }
    return residue;
  }

  /** The predicate that the field is there, or {@link FieldIndex#NOT_ASKED}. */
  int presence() {
    return presence;
  }

  void setPresence(int predicate) {
    presence = predicate;
  }

  /** Gives up the predicate that the field is there unless it is one of these. */
  void keepPresence(Set<Integer> necessary) {
    if (!necessary.contains(presence)) {
      presence = FieldIndex.NOT_ASKED;
    }
  }

  /**
   * @param keywords the index of keywords, unless this is it
   * @param firstFind where the finds begin among those of the program
   */
  FieldIndex build(GramCounts commonness, @Nullable FieldIndex keywords, int firstFind) {
    LiteralIndex literals =
        texts.isEmpty()
            ? null
            : texts.build(commonness, keywords == null ? null : keywords.texts(), firstFind);
    return new FieldIndex(
        literals, numbers.isEmpty() ? null : new NumberIndex(numbers), networks, presence);
  }

  void count(GramCounts counts) {
    texts.count(counts);
  }

  /** Answers with the likelihood that a test is suspected. */
  private final class Adding implements ValueTest.Cases<Double> {
    private final int predicate;
    private boolean settles;
    private boolean open;
    private boolean anywhere;

    Adding(int predicate) {
      this.predicate = predicate;
    }

    @Override
    public Double like(ValueTest.Like test) {
      RequiredText required = RequiredText.of(test.pattern());
      return text(required, required.isAll() && !test.cased());
    }

    @Override
    public Double regex(ValueTest.Regex test) {
      List<String> literals = List.copyOf(RegexLiterals.of(test.expression()).best());
      return COST_OF_REGEX * text(new RequiredText(literals, false, false, false), false);
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
      settles = true;
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
      return text(
          new RequiredText(List.of(Boolean.toString(test.truth())), true, true, true), true);
    }

    @Override
    public Double isNull() {
      return anywhere();
    }

    @Override
    public Double exists(boolean expected) {
      return expected ? presence() : anywhere();
    }

    @Override
    public Double sameAs(ValueTest.SameAs test) {
      return presence();
    }

    private double text(RequiredText required, boolean isAll) {
      List<byte[]> literals =
          required.texts().stream()
              .map(text -> FoldedText.literal(text, required.atStart(), required.atEnd()))
              .toList();
      if (literals.isEmpty() || !literals.stream().allMatch(LiteralIndex::takes)) {
        return presence();
      }
      literals.forEach(literal -> texts.add(literal, predicate, isAll));
      settles = isAll;
      return required.texts().size() * Math.pow(2, -required.length() / HALVING_LENGTH);
    }

    private double presence() {
      open = true;
      return LIKELIHOOD_OF_PRESENCE;
    }

    private double anywhere() {
      anywhere = true;
      return presence();
    }
  }
}
