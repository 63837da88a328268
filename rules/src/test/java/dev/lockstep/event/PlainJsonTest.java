package dev.lockstep.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read without a parser is read as the parser reads it, and the rest is left to it. */
class PlainJsonTest {
  /** A parser takes such a name, plain reading does not. */
  private static final String NOT_PLAIN = "x".repeat(1001);

  private static final String MEMBERS =
      """
      "a": {"b":-0.5e+10, "\u00E9\u4E2D": [] ,"b" :[{}, 0, [true,false,null]]},
      \t"c":"q\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\\u0041 \u00E9\uD83D\uDE00",
      "c": 1E-2,"long.field" : {"na me":"0123456789abcdef\u007F","z":{"":""}},"d":[10,2.5]""";

  private static final byte[] BYTES = {
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '0',
    '9',
    '-',
    '+',
    '.',
    'e',
    'E',
    'F',
    'g',
    't',
    'u',
    'n',
    '/',
    ' ',
    '\n',
    '\r',
    '\t',
    '\b',
    0,
    0x1F,
    0x21,
    0x7F,
    (byte) 0x80,
    (byte) 0xC3,
    (byte) 0xFF
  };

  private final FieldPaths paths = new FieldPaths(List.of("a.b", "c", "long.field.name"));
  private final SinkRecorder told = new SinkRecorder();
  private final PlainJson plain = new PlainJson(true, told);
  private final PlainJson plainFields = new PlainJson(false, told);
  private final EventReader reader = new EventReader(paths, true, told);
  private final EventReader fieldsReader = new EventReader(paths, false, told);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " \t\r\n{ \t\r\n} \t\r\n",
        "{\"\":\"\"}",
        "{\"a\":{}}",
        "{\"a\":[]}",
        "{\"a\" : [ ] , \"b\" : { } }",
        "{\"a\":[1,\"x\",[{}],{\"b\":null}]}",
        "{\"a\":true,\"b\":false,\"c\":null}",
        "{\"a\":9,\"b\":89,\"c\":\"x y\"}",
        "{\"a\":0,\"b\":-0,\"c\":10.05,\"d\":1e5,\"e\":1E+5,\"f\":-1.5e-05}",
        "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}",
        "{\"a\":\"\\u0041\\u00E9\\uaBcD\\uD83D\"}",
        "{\"\\t\":\"\\u0041\"}",
        "{\"\u00E9\":\"\u00E9\u4E2D\uD83D\uDE00\u007F\"}",
      })
  void readsTheJsonThatNearlyAllEventsAre(String json) {
    assertThat(isPlain(json)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "1",
        "{",
        "{}{}",
        "{} x",
        "{\"a\":1",
        "{\"a\":1,}",
        "{,}",
        "{\"a\"}",
        "{\"a\":{\"b\"}",
        "{\"a\":{\"b\",\"c\":1}",
        "{\"a\":[1,]}",
        "{\"a\":[,]}",
        "{\"a\":[1}",
        "{\"a\":01}",
        "{\"a\":-01}",
        "{\"a\":-}",
        "{\"a\":1.}",
        "{\"a\":.1}",
        "{\"a\":1e}",
        "{\"a\":1e+}",
        "{\"a\":tru}",
        "{\"a\":nul",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u00g0\"}",
        "{\"a\":\"\\u00",
        "{\"a\":\"\\",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\u0000\"}",
        "{\"\u00E9\\uD83D\":1}",
        "{\"a\":\"\uFFFD\"}",
      })
  void leavesToAParserWhateverItHasDoubtOf(String json) {
    assertThat(isPlain(json)).isFalse();
  }

  @Test
  void leavesToAParserWhatIsDeepOrLong() {
    assertThat(isPlain("{\"a\":".repeat(64) + "1" + "}".repeat(64))).isTrue();
    assertThat(isPlain("{\"a\":".repeat(65) + "1" + "}".repeat(65))).isFalse();
    assertThat(isPlain("{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}")).isTrue();
    assertThat(isPlain("{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}")).isFalse();
    assertThat(isPlain("{\"a\":" + "1".repeat(100) + "}")).isTrue();
    assertThat(isPlain("{\"a\":" + "1".repeat(101) + "}")).isFalse();
    assertThat(isPlain("{\"" + "x".repeat(1000) + "\":1}")).isTrue();
    assertThat(isPlain("{\"" + NOT_PLAIN + "\":1}")).isFalse();
  }

  @Test
  void tellsWhatIsThereInTheOrderOfTheText() {
    assertThat(isPlain("{\"a\":{\"b\":[1,\"x\"]},\"a.b\":null,\"d\":[{\"e\":true}]}")).isTrue();
    assertThat(told.entries())
        .containsExactly(
            "enter a",
            "field 0 by 3",
            "field 0 by 3",
            "b of 0: NUMBER 1",
            "field 0 by 3",
            "b of 0: TEXT x",
            "leave",
            "field 0 by 1",
            "a.b of 0: NULL null",
            "enter d",
            "e of -1: TRUTH true",
            "leave");
  }

  @Test
  void tellsNothingOfOtherFieldsWhereOnlyFieldsAreAskedFor() {
    assertThat(plainFields.read(utf8("{\"c\":1,\"d\":2,\"e\":[3]}"), paths.root())).isTrue();
    assertThat(told.entries()).containsExactly("field 1 by 1", "c of 1: NUMBER 1");
  }

  @Test
  void readsAsAParserReadsWhateverOneWrongByteMakesOfAnEvent() throws Exception {
    assertAsParsed(utf8(MEMBERS));
    assertThat(isPlain("{" + MEMBERS + "}")).isTrue();
    for (int at = 0; at < utf8(MEMBERS).length; at++) {
      byte[] members = utf8(MEMBERS);
      for (byte wrong : BYTES) {
        members[at] = wrong;
        assertAsParsed(members);
      }
      assertAsParsed(without(at, utf8(MEMBERS)));
    }
  }

  @Test
  void readsAsAParserReadsStringsOfAllLengthsWithAWrongByteAnywhere() throws Exception {
    for (int length = 1; length < 18; length++) {
      for (int at = 0; at < length; at++) {
        byte[] members = utf8("\"c\":\"" + "y".repeat(length) + "\"");
        for (byte wrong : BYTES) {
          members[5 + at] = wrong;
          assertAsParsed(members);
        }
      }
    }
  }

  @Test
  void takesNoLetterOfAnotherScriptForAHexadecimalDigit() {
    assertThat(isPlain("{\"a\":\"\\u\u0661\u0662\"}")).isFalse();
    assertThat(isPlain("{\"a\":\"\\u000\uFF11\"}")).isFalse();
  }

  @Test
  void refusesEventsOverTheBoundThoughTheyArePlain() throws Exception {
    byte[] json = new byte[EventJson.MAX_BYTES + 1];
    Arrays.fill(json, (byte) ' ');
    json[0] = '{';
    json[1] = '}';
    assertThatThrownBy(() -> reader.read(json)).isInstanceOf(MalformedEventException.class);
    reader.read(Arrays.copyOf(json, EventJson.MAX_BYTES));
  }

  /** Whatever plain reading takes, a parser takes, and tells the same of it. */
  private void assertAsParsed(byte[] members) throws MalformedEventException {
    byte[] json = join(utf8("{"), members, utf8("}"));
    byte[] toParse = join(utf8("{"), members, utf8(",\"" + NOT_PLAIN + "\":{}}"));
    told.begin();
    if (plain.read(json, paths.root())) {
      List<String> entries = new ArrayList<>(told.entries());
      entries.addAll(List.of("enter " + NOT_PLAIN, "leave"));
      reader.read(toParse);
      assertThat(told.entries()).as("read from %s", new String(json, UTF_8)).isEqualTo(entries);
    }
    told.begin();
    if (plainFields.read(json, paths.root())) {
      List<String> entries = told.fields();
      fieldsReader.read(toParse);
      assertThat(told.fields()).as("read from %s", new String(json, UTF_8)).isEqualTo(entries);
    }
  }

  private boolean isPlain(String json) {
    told.begin();
    return plain.read(utf8(json), paths.root());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] without(int at, byte[] bytes) {
    return join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + 1, bytes.length));
  }

  private static byte[] join(byte[]... parts) {
    byte[] joined = {};
    for (byte[] part : parts) {
      int length = joined.length;
      joined = Arrays.copyOf(joined, length + part.length);
      System.arraycopy(part, 0, joined, length, part.length);
    }
    return joined;
  }
}
