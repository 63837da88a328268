package dev.lockstep.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rule says of a field that is absent, null, empty, an object, or there. */
class AbsenceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        // search ~ absent ~ null ~ empty ~ object ~ array ~ text
        "{a: x}            ~ false ~ false ~ false ~ false ~ false ~ true",
        "{a: '*'}          ~ false ~ false ~ true  ~ false ~ false ~ true",
        "{a: ''}           ~ false ~ false ~ true  ~ false ~ false ~ false",
        "{a: null}         ~ true  ~ true  ~ false ~ false ~ false ~ false",
        "{a: [null, '']}   ~ true  ~ true  ~ true  ~ false ~ false ~ false",
        "{a: 1}            ~ false ~ false ~ false ~ false ~ false ~ false",
        "{a: x, b: null}   ~ false ~ false ~ false ~ false ~ false ~ true",
        "{a|exists: true}  ~ false ~ true  ~ true  ~ true  ~ true  ~ true",
        "{a|exists: false} ~ true  ~ false ~ false ~ false ~ false ~ false",
        "{a|neq: x}        ~ true  ~ true  ~ true  ~ true  ~ true  ~ false",
        "{a|neq: [x, '']}  ~ true  ~ true  ~ false ~ true  ~ true  ~ false",
        "{a|neq: null}     ~ false ~ false ~ true  ~ true  ~ true  ~ true",
        "{a|contains: ''}  ~ false ~ false ~ true  ~ false ~ false ~ true",
        "{a|re: '.*'}      ~ false ~ false ~ true  ~ false ~ false ~ true",
        "{a|gt: 0}         ~ false ~ false ~ false ~ false ~ false ~ false",
        "{a|year|gte: 1}   ~ false ~ false ~ false ~ false ~ false ~ false",
        "{a|fieldref: b}   ~ false ~ false ~ false ~ false ~ false ~ false",
        "{a|cidr: 0.0.0.0/0} ~ false ~ false ~ false ~ false ~ false ~ false",
      })
  void isDecidedForEachKindOfValueAndItsNegation(
      String search,
      boolean absent,
      boolean nothing,
      boolean empty,
      boolean object,
      boolean array,
      boolean text) {
    check(search, "{}", absent);
    check(search, "{\"a\":null}", nothing);
    check(search, "{\"a\":\"\"}", empty);
    check(search, "{\"a\":{\"c\":\"x\"}}", object);
    check(search, "{\"a\":[]}", array);
    check(search, "{\"a\":\"x\"}", text);
  }

  private static void check(String search, String json, boolean expected) {
    assertThat(Rules.matches(search, "s", json)).as("%s on %s", search, json).isEqualTo(expected);
    assertThat(Rules.matches(search, "not s", json))
        .as("not %s on %s", search, json)
        .isEqualTo(!expected);
  }
}
