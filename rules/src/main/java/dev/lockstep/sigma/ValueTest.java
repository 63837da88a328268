package dev.lockstep.sigma;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.Set;

/** What is asked of one value, its modifiers applied (Sigma specification, "Value Modifiers"). */
public sealed interface ValueTest {

  /** Answers with the case that this test is. */
  <R> R choose(Cases<R> cases);

  /** What to do with each kind of test. */
  interface Cases<R> {
    R like(Like test);

    R regex(Regex test);

    R network(Network test);

    R equalNumber(EqualNumber test);

    R compare(Compare test);

    R datePart(DatePart test);

    R equalTruth(EqualTruth test);

    R isNull();

    R exists(boolean expected);

    R sameAs(SameAs test);
  }

  /** The whole value, as text, fits the pattern. */
  record Like(TextPattern pattern, boolean cased) implements ValueTest {
    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.like(this);
    }
  }

  /** The value, as text, contains a match of the RE2 expression. */
  record Regex(String expression, Set<Flag> flags) implements ValueTest {

    /** The modifiers {@code i}, {@code m} and {@code s}. */
    public enum Flag {
      IGNORE_CASE(Pattern.CASE_INSENSITIVE),
      MULTILINE(Pattern.MULTILINE),
      DOT_ALL(Pattern.DOTALL);

      private final int bit;

      Flag(int bit) {
        this.bit = bit;
      }
    }

    public Regex {
      flags = Set.copyOf(flags);
    }

    /** Compiles the expression, which takes linear time to search with. */
    public Pattern compile() {
      int bits = 0;
      for (Flag flag : flags) {
        bits |= flag.bit;
      }
      return Pattern.compile(expression, bits);
    }

    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.regex(this);
    }
  }

  /** The value is an address inside the network, given as in {@code 10.0.0.0/8}. */
  record Network(String cidr) implements ValueTest {
    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.network(this);
    }
  }

  /** The value is this number, or text that spells it. */
  record EqualNumber(BigDecimal number) implements ValueTest {
    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.equalNumber(this);
    }
  }

  /** The value is a number, or text that spells one, on the right side of the bound. */
  record Compare(Comparison comparison, BigDecimal bound) implements ValueTest {
    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.compare(this);
    }
  }

  /** The value is a date, and its part, as it is written, stands in the relation to the number. */
  record DatePart(DateUnit unit, Comparison comparison, BigDecimal number) implements ValueTest {
    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.datePart(this);
    }
  }

  /** The value is this boolean, or text that spells it. */
  record EqualTruth(boolean truth) implements ValueTest {
    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.equalTruth(this);
    }
  }

  /** The field is absent or the JSON null. */
  record IsNull() implements ValueTest {
    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.isNull();
    }
  }

  /** The field is there (or is not), whatever its value. */
  record Exists(boolean expected) implements ValueTest {
    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.exists(expected);
    }
  }

  /** The value stands in the relation to some value of another field of the same event. */
  record SameAs(String otherField, Relation relation, boolean cased) implements ValueTest {

    /** Where in the value the other field's value must be. */
    public enum Relation {
      EQUAL,
      CONTAINS,
      STARTS_WITH,
      ENDS_WITH
    }

    @Override
    public <R> R choose(Cases<R> cases) {
      return cases.sameAs(this);
    }
  }
}
