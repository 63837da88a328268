package dev.lockstep.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventTest {

  private static Event event(String json) throws MalformedEventException {
    return EventProjection.of(Set.of(), true).read(json.getBytes(UTF_8));
  }

  private static List<String> texts(String json, String field) throws MalformedEventException {
    return event(json).valuesOf(field).stream().map(v -> String.valueOf(v.asText())).toList();
  }

  @Test
  void prefersTheExactNameToThePath() throws Exception {
    assertThat(texts("{'a':{'b':'path'},'a.b':'name'}".replace('\'', '"'), "a.b"))
        .containsExactly("name");
  }

  @Test
  void followsDotsIntoObjectsWhoseNamesMayHaveDotsToo() throws Exception {
    assertThat(texts("{\"a\":{\"b.c\":{\"d\":1}}}", "a.b.c.d")).containsExactly("1");
    assertThat(texts("{\"a.b\":{\"c\":1}}", "a.b.c")).containsExactly("1");
    assertThat(texts("{\"a\":{\"x\":0},\"a.b\":{\"c\":1}}", "a.b.c")).containsExactly("1");
  }

  @Test
  void givesTheValuesOfEveryElementOfAnArray() throws Exception {
    assertThat(texts("{\"a\":[1,\"x\",null,[true]]}", "a"))
        .containsExactly("1", "x", "null", "true");
    assertThat(texts("{\"a\":[{\"b\":1},{\"c\":2},{\"b\":[3,4]}]}", "a.b"))
        .containsExactly("1", "3", "4");
  }

  @Test
  void stripsSpacesFromNames() throws Exception {
    assertThat(texts("{\"Threat Name\":\"x\"}", "ThreatName")).containsExactly("x");
    assertThat(texts("{\"ThreatName\":\"x\"}", "Threat Name")).containsExactly("x");
  }

  @Test
  void tellsNullAndObjectsFromAbsence() throws Exception {
    Event event = event("{\"a\":null,\"b\":{\"c\":[]}}");
    assertThat(event.has("a")).isTrue();
    assertThat(event.has("b")).isTrue();
    assertThat(event.has("b.c")).isTrue();
    assertThat(event.has("b.d")).isFalse();
    assertThat(event.has("A")).isFalse();
    assertThat(event.valuesOf("b")).isEmpty();
  }

  @Test
  void hidesNeitherOfTwoValuesUnderOneName() throws Exception {
    assertThat(texts("{\"a\":\"x\",\"a\":\"y\",\"a\":[\"z\"]}", "a"))
        .containsExactly("x", "y", "z");
  }

  @Test
  void staysUprightUnderAThousandfoldName() throws Exception {
    String json = "{" + "\"a\":1,".repeat(100_000) + "\"a\":1}";
    assertThat(event(json).valuesOf("a")).hasSize(100_001);
  }

  @Test
  void showsEveryStringAndNumberWithItsPath() throws Exception {
    List<String> seen = new ArrayList<>();
    event("{\"a\":\"x\",\"b\":{\"c\":[1.50,{\"d\":\"y\"}]},\"e\":true,\"f\":null}")
        .forEachString((path, text) -> seen.add(path + "=" + text));
    assertThat(seen).containsExactly("a=x", "b.c=1.50", "b.c.d=y");
  }
}
