package dev.lockstep.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An envelope that is read without a parser is the one that a parser reads. */
class PlainEnvelopeTest {

  private static final Set<String> WANTED = Set.of("id", "a.b", "a.b.c", "b", "@timestamp");
  private static final List<String> NAMES =
      List.of("id", "a", "b", "c", "a.b", "b.c", "a.b.c", "i d", "a ", "\\u0062", "@timestamp");
  private static final List<String> SCALARS =
      List.of("1", "-1.50e3", "\"x\"", "\"\\u00e9\\n\"", "true", "false", "null", "\"\"");

  private final PlainEnvelope plain = new PlainEnvelope(WANTED);
  private final EnvelopeScan scan = new EnvelopeScan(WANTED);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"id\":1,\"id\":2}",
        "{\"a\":{\"b\":1},\"a.b\":2}",
        "{\"a.b\":2,\"a\":{\"b\":1}}",
        "{\"a\":{\"b\":1},\"a\":{\"b\":2}}",
        "{\"id\" : [ 1 ] , \"b\" :\t2}",
        "{\"a\":[{\"b\":1}]}",
        "{\"a\":{\"b\":[[{\"c\":1}]]}}",
        "{\"i d\":1,\"a \":{\"b\":2}}",
        "{\"a\":{\"b\":{\"c\":1}},\"b\":null}",
        "{\"id\":{\"id\":1}}",
      })
  void isTheOneOfAParser(String json) throws Exception {
    assertThat(assertAsParsed(json)).isTrue();
  }

  @Test
  void isTheOneOfAParserWhateverTheEventHolds() throws Exception {
    Random random = new Random(7);
    int found = 0;
    for (int i = 0; i < 50_000; i++) {
      found += assertAsParsed(object(random, 0)) ? 1 : 0;
    }
    assertThat(found).isGreaterThan(25_000);
  }

  @Test
  void leavesToAParserWhatItHasDoubtOf() {
    assertThat(plain.collect("{\"id\":1} x".getBytes(UTF_8), new HashMap<>())).isFalse();
    assertThat(plain.collect("[]".getBytes(UTF_8), new HashMap<>())).isFalse();
  }

  private boolean assertAsParsed(String json) throws IOException {
    Map<String, String> found = new HashMap<>();
    boolean read = plain.collect(json.getBytes(UTF_8), found);
    if (read) {
      Map<String, String> parsed = new HashMap<>();
      scan.collect(json.getBytes(UTF_8), parsed);
      assertThat(found).as(json).isEqualTo(parsed);
    }
    return read;
  }

  private static String object(Random random, int depth) {
    StringBuilder json = new StringBuilder("{");
    int members = random.nextInt(5);
    for (int i = 0; i < members; i++) {
      json.append(i == 0 ? "" : ",")
          .append('"')
          .append(NAMES.get(random.nextInt(NAMES.size())))
          .append(random.nextInt(9) == 0 ? "\" : " : "\":")
          .append(value(random, depth + 1));
    }
    return json.append('}').toString();
  }

  private static String value(Random random, int depth) {
    int kind = depth > 4 ? 0 : random.nextInt(8);
    if (kind < 4) {
      return SCALARS.get(random.nextInt(SCALARS.size()));
    } else if (kind < 7) {
      return object(random, depth);
    }
    return "[" + value(random, depth + 1) + ", " + value(random, depth + 1) + "]";
  }
}
