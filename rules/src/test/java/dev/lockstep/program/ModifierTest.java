package dev.lockstep.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModifierTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\u0001',
      value = {
        // whole values, without regard to case
        "{a: Value} ~ {`a`:`vALUE`} ~ true",
        "{a: value} ~ {`a`:`value `} ~ false",
        "{a: ΟΔΟΣ*} ~ {`a`:`οδοσα`} ~ true",
        "{a: ΟΔΟΣ} ~ {`a`:`οδος`} ~ true",
        "{a: TITLE} ~ {`a`:`title`} ~ true",
        "{A: x} ~ {`a`:`x`} ~ false",
        // wildcards and escapes
        "{a: 'x*z'} ~ {`a`:`x\\ny\\nz`} ~ true",
        "{a: 'x?z'} ~ {`a`:`x\\nz`} ~ true",
        "{a: 'x?z'} ~ {`a`:`x😀z`} ~ true",
        "{a: 'x?z'} ~ {`a`:`xz`} ~ false",
        "{a: '?'} ~ {`a`:``} ~ false",
        "{a: '*'} ~ {`a`:``} ~ true",
        "{a: '\\\\*'} ~ {`a`:`\\\\x`} ~ true",
        "{a: '\\*'} ~ {`a`:`*`} ~ true",
        "{a: '\\*'} ~ {`a`:`x`} ~ false",
        "{a: '*ab*ab'} ~ {`a`:`xab`} ~ false",
        "{a: '*ab*ab'} ~ {`a`:`abab`} ~ true",
        // numbers and text
        "{a: 1} ~ {`a`:1} ~ true",
        "{a: 1} ~ {`a`:`1`} ~ true",
        "{a: 1} ~ {`a`:1.0} ~ true",
        "{a: 1} ~ {`a`:`01x`} ~ false",
        "{a: '8'} ~ {`a`:8} ~ true",
        "{a: '8'} ~ {`a`:8.0} ~ false",
        "{a: '8*'} ~ {`a`:80} ~ true",
        "{a: 1e3} ~ {`a`:1000} ~ true",
        "{a: 9007199254740993} ~ {`a`:9007199254740992} ~ false",
        "{a: 1} ~ {`a`:1e999999999} ~ false",
        "{a: true} ~ {`a`:true} ~ true",
        "{a: true} ~ {`a`:`True`} ~ true",
        "{a: true} ~ {`a`:1} ~ false",
        "{a: 'true'} ~ {`a`:true} ~ true",
        // placement
        "{a|contains: B} ~ {`a`:`abc`} ~ true",
        "{a|contains: ''} ~ {`a`:``} ~ true",
        "{a|contains: 23} ~ {`a`:1234} ~ true",
        "{a|startswith: ab} ~ {`a`:`abc`} ~ true",
        "{a|startswith: bc} ~ {`a`:`abc`} ~ false",
        "{a|endswith: bc} ~ {`a`:`abc`} ~ true",
        "{a|endswith: ab} ~ {`a`:`abc`} ~ false",
        "{a|contains: 'b*d'} ~ {`a`:`abcde`} ~ true",
        "{a|endswith: 'b?'} ~ {`a`:`abc`} ~ true",
        // lists
        "{a|contains: [x, y]} ~ {`a`:`-y-`} ~ true",
        "{a|contains|all: [x, y]} ~ {`a`:`-y-`} ~ false",
        "{a|contains|all: [x, y]} ~ {`a`:`y-x`} ~ true",
        "{a|all|contains: [x, y]} ~ {`a`:`y-x`} ~ true",
        "{a|contains|all: [x, y]} ~ {`a`:[`x`,`y`]} ~ true",
        "{a|all: [x]} ~ {`a`:`x`} ~ true",
        "{a: x, b: y} ~ {`a`:`x`,`b`:`y`} ~ true",
        "{a: x, b: y} ~ {`a`:`x`} ~ false",
        "[{a: x}, {b: y}] ~ {`b`:`y`} ~ true",
        // case
        "{a|cased: Ab} ~ {`a`:`Ab`} ~ true",
        "{a|cased: Ab} ~ {`a`:`ab`} ~ false",
        "{a|contains|cased: Ab} ~ {`a`:`xabx`} ~ false",
        "{a|cased|contains: Ab} ~ {`a`:`xAbx`} ~ true",
        // regular expressions
        "{a|re: 'b.d'} ~ {`a`:`abcde`} ~ true",
        "{a|re: '^b'} ~ {`a`:`abc`} ~ false",
        "{a|re: 'B'} ~ {`a`:`abc`} ~ false",
        "{a|re|i: 'B'} ~ {`a`:`abc`} ~ true",
        "{a|re: '^b'} ~ {`a`:`a\\nb`} ~ false",
        "{a|re|m: '^b'} ~ {`a`:`a\\nb`} ~ true",
        "{a|re: 'a.b'} ~ {`a`:`a\\nb`} ~ false",
        "{a|re|s: 'a.b'} ~ {`a`:`a\\nb`} ~ true",
        "{a|re|i|m: '^B'} ~ {`a`:`a\\nb`} ~ true",
        "{a|re: '^4\\d+$'} ~ {`a`:4624} ~ true",
        "{a|re|startswith: 'b'} ~ {`a`:`ab`} ~ false",
        "{a|re|endswith: 'b|c'} ~ {`a`:`ac`} ~ true",
        "{a|re|contains: 'b'} ~ {`a`:`abc`} ~ true",
        "{a|re|all: [b, c]} ~ {`a`:`ab`} ~ false",
        // networks
        "{a|cidr: 10.0.0.0/8} ~ {`a`:`10.1.2.3`} ~ true",
        "{a|cidr: 10.0.0.0/8} ~ {`a`:`11.1.2.3`} ~ false",
        "{a|cidr: 10.0.0.0/8} ~ {`a`:`::ffff:10.1.2.3`} ~ true",
        "{a|cidr: 10.0.0.0/8} ~ {`a`:`::ffff:11.1.2.3`} ~ false",
        "{a|cidr: 10.0.0.0/8} ~ {`a`:`::10.1.2.3`} ~ false",
        "{a|cidr: 10.0.0.0/8} ~ {`a`:`10.1`} ~ false",
        "{a|cidr: 10.0.0.0/8} ~ {`a`:`10.*`} ~ false",
        "{a|cidr: 10.0.0.0/8} ~ {`a`:`*`} ~ false",
        "{a|cidr: 10.0.0.0/8} ~ {`a`:``} ~ false",
        "{a|cidr: 10.0.0.0/8} ~ {`a`:167772161} ~ false",
        "{a|cidr: '2001:db8::/32'} ~ {`a`:`2001:DB8::1`} ~ true",
        "{a|cidr: '2001:db8::/32'} ~ {`a`:`2001:db9::1`} ~ false",
        "{a|cidr: '::1/128'} ~ {`a`:`0:0:0:0:0:0:0:1`} ~ true",
        "{a|cidr: '::/96'} ~ {`a`:`::1`} ~ true",
        "{a|cidr: 'fe80::/10'} ~ {`a`:`fe80::1%eth0`} ~ true",
        "{a|cidr: 0.0.0.0/0} ~ {`a`:`8.8.8.8`} ~ true",
        "{a|cidr: [10.0.0.0/8, 192.168.1.1/32]} ~ {`a`:`192.168.1.1`} ~ true",
        // dashes
        "{a|windash: '-x'} ~ {`a`:`/X`} ~ true",
        "{a|contains|windash: ' -x '} ~ {`a`:`c ―x y`} ~ true",
        "{a|windash|contains: ' -x /y'} ~ {`a`:`c /x –y`} ~ true",
        "{a|windash|contains: 'a-b'} ~ {`a`:`a/b`} ~ false",
        "{a|windash|endswith: '-x'} ~ {`a`:`c /x`} ~ true",
        // encodings
        "{a|base64: foo} ~ {`a`:`Zm9v`} ~ true",
        "{a|base64: 'a\\*b'} ~ {`a`:`YSpi`} ~ true",
        "{a|base64: ü} ~ {`a`:`w7w=`} ~ true",
        "{a|base64offset|contains: 'http://'} ~ {`a`:`..aHR0cDovL..`} ~ true",
        "{a|base64offset|contains: 'http://'} ~ {`a`:`..h0dHA6Ly..`} ~ true",
        "{a|base64offset|contains: 'http://'} ~ {`a`:`..odHRwOi8v..`} ~ true",
        "{a|base64offset|contains: 'http://'} ~ {`a`:`..aHR0cDovM..`} ~ false",
        "{a|base64offset|contains: 'http://'} ~ {`a`:`..h0dHA6Lx..`} ~ false",
        "{a|base64offset|contains: 'http://'} ~ {`a`:`..odHRwOi8w..`} ~ false",
        "{a|wide|base64offset|contains: ping} ~ {`a`:`..cABpAG4AZw..`} ~ true",
        "{a|utf16le|base64offset|contains: ping} ~ {`a`:`..AAaQBuAGcA..`} ~ true",
        "{a|wide|base64offset|contains: ping} ~ {`a`:`..wAGkAbgBnA..`} ~ true",
        "{a|utf16be|base64: AB} ~ {`a`:`AEEAQg==`} ~ true",
        "{a|utf16|base64: ping} ~ {`a`:`//5wAGkAbgBnAA==`} ~ true",
        "{a|utf16be|base64offset|contains: ping} ~ {`a`:`..AHAAaQBuAG..`} ~ true",
        "{a|base64offset|contains: 'ab'} ~ {`a`:`..YWJj..`} ~ true",
        "{a|utf16|base64: A} ~ {`a`:`//5BAA==`} ~ true",
        "{a|base64|base64: foo} ~ {`a`:`Wm05dg==`} ~ true",
        "{a|wide|base64: ü} ~ {`a`:`/AA=`} ~ true",
        "{a|wide|contains: ü} ~ {`a`:`xü\\u0000`} ~ true",
        "{a|wide|contains: ab} ~ {`a`:`xa\\u0000b\\u0000x`} ~ true",
        // comparisons
        "{a|gt: 5} ~ {`a`:5.1} ~ true",
        "{a|gt: 5} ~ {`a`:5} ~ false",
        "{a|gte: 5} ~ {`a`:`5`} ~ true",
        "{a|lt: 5} ~ {`a`:-1e999999999} ~ true",
        "{a|lt: 5} ~ {`a`:`x`} ~ false",
        "{a|lte: -0.5} ~ {`a`:-0.50} ~ true",
        "{a|gt: 5} ~ {`a`:[1,9]} ~ true",
        "{a|gt: 5, a|lt: 9} ~ {`a`:7} ~ true",
        // parts of dates
        "{a|hour: 3} ~ {`a`:`2024-07-10T03:45:00Z`} ~ true",
        "{a|hour: 3} ~ {`a`:`2024-07-10T03:45:00.123456789+02:00`} ~ true",
        "{a|hour: 3} ~ {`a`:`2024-07-10 03:45:00.123`} ~ true",
        "{a|hour: 3} ~ {`a`:`2024-07-10T03:45`} ~ true",
        "{a|hour: 3} ~ {`a`:`2024-07-10t03:45:60 -0800`} ~ true",
        "{a|hour: 1} ~ {`a`:`2024-07-10T03:45:00+02:00`} ~ false",
        "{a|hour: 0} ~ {`a`:`2024-07-10`} ~ false",
        "{a|hour|gte: 0} ~ {`a`:`2024-07-10T24:00:00Z`} ~ false",
        "{a|minute: 45} ~ {`a`:`2024-07-10T03:45:00Z`} ~ true",
        "{a|day: 10} ~ {`a`:`2024-07-10`} ~ true",
        "{a|month: [1, 7]} ~ {`a`:`2024-07-10`} ~ true",
        "{a|year|lt: 2024} ~ {`a`:`2023-12-31T23:59:59Z`} ~ true",
        "{a|year|lt: 2024} ~ {`a`:`2024-01-01`} ~ false",
        "{a|week: 1} ~ {`a`:`2024-12-30`} ~ true",
        "{a|week: 53} ~ {`a`:`2021-01-03`} ~ true",
        "{a|hour|gte: 8, a|hour|lt: 18} ~ {`a`:`2024-07-10T17:59:59Z`} ~ true",
        "{a|hour|neq: 3} ~ {`a`:`2024-07-10T03:45:00Z`} ~ false",
        "{a|hour|neq: 3} ~ {`a`:`no date`} ~ true",
        "{a|day: 29} ~ {`a`:`2023-02-29`} ~ false",
        "{a|day|gte: 1} ~ {`a`:`0000-01-01`} ~ false",
        "{a|year: 2024} ~ {`a`:`2024-07-10x`} ~ false",
        "{a|year: 2024} ~ {`a`:`10/07/2024`} ~ false",
        "{a|year|gte: 1} ~ {`a`:true} ~ false",
        "{a|year: 2023} ~ {`a`:1700000000} ~ true",
        "{a|hour: 22} ~ {`a`:`1700000000.5`} ~ true",
        "{a|minute: 13} ~ {`a`:1700000000123} ~ true",
        "{a|year: 5138} ~ {`a`:99999999999} ~ true",
        "{a|year: 1973} ~ {`a`:100000000000} ~ true",
        "{a|year: 9999} ~ {`a`:253402300799999} ~ true",
        "{a|year|gte: 1} ~ {`a`:253402300800000} ~ false",
        "{a|year|gte: 1} ~ {`a`:-1} ~ false",
        "{a|year|gte: 1} ~ {`a`:1e400} ~ false",
        "{a|year: 2024} ~ {`a`:[`x`,`2024-07-10`]} ~ true",
        // other fields
        "{a|fieldref: b} ~ {`a`:`X`,`b`:`x`} ~ true",
        "{a|fieldref|cased: b} ~ {`a`:`X`,`b`:`x`} ~ false",
        "{a|fieldref: b} ~ {`a`:1,`b`:`1.0`} ~ true",
        "{a|fieldref: b} ~ {`a`:`1`,`b`:`1.0`} ~ false",
        "{a|fieldref: b} ~ {`a`:null,`b`:null} ~ false",
        "{a|fieldref: b.c} ~ {`a`:`x`,`b`:[{`c`:`y`},{`c`:`x`}]} ~ true",
        "{a|fieldref|startswith: b} ~ {`a`:`xy`,`b`:`x`} ~ true",
        "{a|fieldref|endswith: b} ~ {`a`:`xy`,`b`:`x`} ~ false",
        "{a|contains|fieldref: b} ~ {`a`:`axb`,`b`:`x`} ~ true",
        "{a|fieldref|neq: b} ~ {`a`:`x`,`b`:`y`} ~ true",
        // keywords
        "[evil] ~ {`x`:{`y`:[`an Evil word`]}} ~ true",
        "evil ~ {`x`:`devil`} ~ true",
        "[evil] ~ {`evil`:`good`} ~ false",
        "[4728] ~ {`id`:4728} ~ true",
        "['a*c'] ~ {`x`:`-abc-`} ~ true",
        "{'|all': [one, two]} ~ {`x`:`one`,`y`:`two`} ~ true",
        "{'|all': [one, two]} ~ {`x`:`one`} ~ false",
        "{'|all': [evi, oo]} ~ {`x`:`devil`,`y`:`good`} ~ true",
        "{'|cased': Evil} ~ {`x`:`dEvil`} ~ true",
        "{'|cased': Evil} ~ {`x`:`devil`} ~ false",
        "{'|re': '^e.il$'} ~ {`x`:`evil`} ~ true",
        "{'|startswith': evil} ~ {`x`:`devil`} ~ false",
        "[evil, {a: x}] ~ {`a`:`x`} ~ true",
        "{'|contains': evil, a: x} ~ {`a`:`x`,`b`:`evil`} ~ true",
      })
  void decidesAsTheSpecificationSays(String row, String json, boolean expected) {
    assertThat(Rules.matches(row, "s", json.replace('`', '"'))).isEqualTo(expected);
  }

  /** Each of the five dashes at both places, as the reference spells them out. */
  @Test
  void takesEachOfTheTwentyFiveSpellingsOfTwoOptions() {
    List<String> dashes = List.of("-", "/", "\u2013", "\u2014", "\u2015");
    for (String first : dashes) {
      for (String second : dashes) {
        String json = "{\"a\":\"x %sa %sb y\"}".formatted(first, second);
        assertThat(Rules.matches("{a|windash|contains: ' -a /b'}", "s", json)).as(json).isTrue();
      }
    }
    for (String other : List.of("", "\u2212", "_", "\\\\")) {
      String json = "{\"a\":\"x %sa /b y\"}".formatted(other);
      assertThat(Rules.matches("{a|windash|contains: ' -a /b'}", "s", json)).as(json).isFalse();
    }
  }
}
