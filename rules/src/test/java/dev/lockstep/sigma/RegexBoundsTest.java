package dev.lockstep.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexBoundsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "''                 ~ 0",
        "abc                ~ 3",
        "a{5}               ~ 5",
        "a{2,7}b            ~ 8",
        "a{3,}              ~ 3",
        "a{0}               ~ 1",
        "a{,3}              ~ 5",
        "a{x}               ~ 4",
        "\\d{4}             ~ 4",
        "\\{{4}             ~ 4",
        "[abc]{4}           ~ 4",
        "[]a]{4}            ~ 4",
        "[^]a]{4}           ~ 4",
        "[^^]{4}            ~ 4",
        "[\\]a]{4}          ~ 4",
        "[a[:alpha:][]{4}   ~ 4",
        "(ab){10}           ~ 30",
        "x(ab){10}y         ~ 32",
        "((a{2}){3}){4}     ~ 40",
        "(a)(b){5}          ~ 12",
        "a)b                ~ 3",
        "\\pL               ~ 102",
        "\\PL               ~ 102",
        "[\\pL\\p{Lu}]{2}   ~ 402",
        "\\\\pL             ~ 3",
        "\\Qa[b\\E          ~ 7",
        "\\\\Qa             ~ 3",
      })
  void countsAboutWhatIsThereWhenCountsAreWrittenOut(String expression, long size) {
    RegexBounds bounds = RegexBounds.of(expression);
    assertThat(bounds.problem()).isEmpty();
    assertThat(bounds.size()).isEqualTo(size);
  }

  /** What looks like an open class must not hide the rest of the expression. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(x{100}){101}",
        "[^][](x{100}){101}",
        "[[:alpha:][](x{100}){101}",
        "[a[:alpha:][](x{100}){101}",
        "\\Q[\\E(x{100}){101}",
        "\\Q[(x{100}){101}\\E(x{100}){101}",
        "\\[(x{100}){101}",
        "[\\]](x{100}){101}",
      })
  void refusesCountsThatMultiplyToTooMuchWhateverStandsBefore(String expression) {
    assertThat(Pattern.compile(expression)).as("RE2 takes it").isNotNull();
    assertThat(RegexBounds.of(expression).problem())
        .isEqualTo("the counted repetitions multiply to more than 10000 characters");
  }

  @Test
  void boundsTheLengthAndTheGroups() {
    assertThat(RegexBounds.of("x".repeat(10_000)).problem()).isEmpty();
    assertThat(RegexBounds.of("x".repeat(10_001)).problem())
        .isEqualTo("the expression has 10001 characters, at most 10000 are allowed");
    assertThat(RegexBounds.of("(".repeat(100) + ")".repeat(100)).problem()).isEmpty();
    assertThat(RegexBounds.of("()".repeat(200)).problem()).isEmpty();
    assertThat(RegexBounds.of("(".repeat(101) + ")".repeat(101)).problem())
        .isEqualTo("the expression nests more than 100 groups");
  }

  @Test
  void readsToTheEndOfWhatIsNotFinished() {
    for (String unfinished : new String[] {"[", "[^", "[a", "[[:a", "\\", "[\\", "\\Qa", "a{1"}) {
      assertThat(RegexBounds.of(unfinished).problem()).isEmpty();
    }
  }
}
