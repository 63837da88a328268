package dev.lockstep.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventProjectionTest {
  private static final EventProjection FIELDS = EventProjection.of(Set.of("a.b.c", "x y"), false);

  @Test
  void readsWhatAFieldCanNeedAndNothingElse() throws Exception {
    Event event =
        FIELDS.read(
            "{\"a\":{\"q\":1},\"a.b\":{\"c\":2},\"a.b.c\":3,\"x y\":4,\"z\":{\"a\":5},\"b\":6}"
                .getBytes(UTF_8));
    assertThat(event.has("a.q")).isTrue();
    assertThat(event.valuesOf("a.b.c")).containsExactly(new FieldValue.Numeric("3"));
    assertThat(event.has("xy")).isTrue();
    assertThat(event.has("z")).isFalse();
    assertThat(event.has("b")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "[1] ~ line 1, column 1 (byte 0): an event is a JSON object, this is an array",
        "`` ~ line 1, column 1 (byte 0): an event is a JSON object, this is empty",
        "7 ~ line 1, column 1 (byte 0): an event is a JSON object, this is a single value",
        "{} {} ~ line 1, column 4 (byte 3): there is more than one JSON value",
        "{\"z\":tru} ~ Unrecognized token 'tru'",
        "{\"z\": ~ line 1, column 6",
        "{\"a\":NaN} ~ Non-standard token 'NaN'",
        "{\"a\":01} ~ Leading zeroes",
      })
  void saysWhereAndWhyBytesAreNoEvent(String json, String message) {
    assertThatThrownBy(() -> FIELDS.read(json.getBytes(UTF_8)))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] json = {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'};
    assertThatThrownBy(() -> FIELDS.read(json))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageContaining("UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
  void refusesJsonThatIsNotUtf8ThoughAParserCouldReadIt(String charset) {
    byte[] json = "{\"a\":\"x\"}".getBytes(Charset.forName(charset));
    assertThatThrownBy(() -> FIELDS.read(json))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageContaining("The JSON object must be in UTF-8");
  }

  @Test
  void takesNoNameForAnotherThatWasReadBefore() throws Exception {
    byte[] json = "{\"e\":\"1\"}".getBytes(UTF_8);
    byte[] invalid = "{\"?e\":\"1\"}".getBytes(UTF_8);
    invalid[2] = (byte) 0xFF;
    for (int i = 0; i < 3; i++) {
      EventProjection.whole().read(json);
      assertThatThrownBy(() -> EventProjection.whole().read(invalid))
          .isInstanceOf(MalformedEventException.class)
          .hasMessage("line 1, column 3 (byte 2): Invalid UTF-8 byte 0xff");
    }
  }

  @Test
  void boundsDepthAndNumbersAlsoInWhatItSkips() {
    for (String name : new String[] {"a", "skipped"}) {
      String start = "{\"" + name + "\":";
      assertThatThrownBy(() -> FIELDS.read((start + "[".repeat(300)).getBytes(UTF_8)))
          .isInstanceOf(MalformedEventException.class)
          .hasMessageContaining("depth");
      assertThatThrownBy(() -> FIELDS.read((start + "1".repeat(1001) + "}").getBytes(UTF_8)))
          .isInstanceOf(MalformedEventException.class)
          .hasMessageContaining("Number");
    }
  }

  @Test
  void readsEveryStringThatTheEnvelopeLetsThrough() throws Exception {
    String text = "x".repeat(2 * 1024 * 1024);

    Event event = FIELDS.read(("{\"a\":\"" + text + "\"}").getBytes(UTF_8));

    assertThat(event.valuesOf("a")).hasSize(1);
  }

  @Test
  void boundsTheWholeEvent() {
    String tooLong = "{\"a\":\"" + "x".repeat(EventJson.MAX_BYTES) + "\"}";

    assertThatThrownBy(() -> FIELDS.read(tooLong.getBytes(UTF_8)))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageContaining("maximum");
  }
}
