package dev.lockstep.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A member is found by the bytes of its name just as by its text. */
class FieldPathsTest {
  private static final String LETTERS = "abcdefghijklmnopqr";

  private final List<String> fields =
      IntStream.rangeClosed(0, 18).mapToObj(length -> LETTERS.substring(0, length)).toList();

  private final SinkRecorder told = new SinkRecorder();
  private final EventReader reader = new EventReader(new FieldPaths(fields), false, told);

  @Test
  void findsNamesOfEveryLength() throws Exception {
    for (String name : fields) {
      assertThat(fieldOf(name)).as(name).isEqualTo(name);
    }
  }

  @Test
  void findsNamesWhereverTheirSpacesAre() throws Exception {
    for (String name : fields) {
      for (int at = 0; at <= name.length(); at++) {
        assertThat(fieldOf(name.substring(0, at) + " " + name.substring(at))).isEqualTo(name);
        assertThat(fieldOf(name.substring(0, at) + "\\u0020" + name.substring(at))).isEqualTo(name);
      }
    }
  }

  @Test
  void findsNoNameWithAnotherLetterAnywhere() throws Exception {
    for (String name : fields) {
      for (int at = 0; at < name.length(); at++) {
        String start = name.substring(0, at);
        for (String letter : List.of("B", "\u00E9", "!", "\\t", "\\u0041")) {
          assertThat(fieldOf(start + letter + name.substring(at + 1))).isEmpty();
        }
      }
      assertThat(fieldOf(name + "A")).isEmpty();
    }
  }

  @Test
  void findsANameThatIsWrittenWithEscapes() throws Exception {
    assertThat(fieldOf("\\u0061b")).isEqualTo("ab");
    assertThat(fieldOf("abcdefgh\\u0069")).isEqualTo("abcdefghi");
    EventReader ofPath = new EventReader(new FieldPaths(List.of("a/b")), false, told);
    ofPath.read("{\"a\\/b\":[\"a value behind it\"]}".getBytes(UTF_8));
    assertThat(told.entries()).first().isEqualTo("field 0 by 1");
  }

  @Test
  void findsEveryFieldOfMany() throws Exception {
    List<String> many = IntStream.range(0, 500).mapToObj(i -> "field" + i + ".of." + i).toList();
    EventReader ofMany = new EventReader(new FieldPaths(many), false, told);
    for (int i = 0; i < many.size(); i++) {
      ofMany.read("{\"%s\":1}".formatted(many.get(i)).getBytes(UTF_8));
      assertThat(told.entries()).first().isEqualTo("field %d by 1".formatted(i));
    }
  }

  /** The field that a member of the name leads to, empty if it leads to none. */
  private String fieldOf(String name) throws MalformedEventException {
    reader.read("{\"%s\":[\"a value behind it\"]}".formatted(name).getBytes(UTF_8));
    return told.entries().isEmpty()
        ? ""
        : fields.get(Integer.parseInt(told.entries().get(0).replaceAll("field (\\d+) .*", "$1")));
  }
}
