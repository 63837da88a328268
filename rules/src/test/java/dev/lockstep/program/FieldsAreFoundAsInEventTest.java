package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.event.Event;
import dev.lockstep.event.EventProjection;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The program reads events in one pass, and must find in them what {@link Event} finds. */
class FieldsAreFoundAsInEventTest {
  private static final int EVENTS = 300;
  private static final List<String> NAMES =
      List.of("a", "b", "c", "a.b", "b.c", "a.b.c", "a b", "ab", " a", "a. b", "", ".", "a.", ".b");
  private static final List<String> FIELDS =
      List.of(
          "a", "b", "a.b", "a.b.c", "b.c", "a.b.c.a", "ab", "a.", ".b", ".", "..", "a..b",
          "a.a.a.a", "c.ab", "a.b.");

  static IntStream seeds() {
    return IntStream.range(0, 30);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whateverTheirNamesAre(int seed) throws Exception {
    Random random = new Random(seed);
    List<String> fields = new ArrayList<>(FIELDS);
    Collections.shuffle(fields, random);
    fields = fields.subList(0, 1 + random.nextInt(fields.size()));
    List<SigmaRule> rules = rules(fields, seed % 3 == 0);
    RuleProgram program = RuleProgram.compile(rules);
    for (int i = 0; i < EVENTS; i++) {
      String json = object(random, 4);
      assertThat(found(program, json))
          .as("seed %d, fields %s, event %s", seed, fields, json)
          .isEqualTo(expected(fields, json));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\u0001',
      value = {
        "{'a.b':1,'a':{'b':2}}                  ~ a.b ~ 1",
        "{'a':{'b':2},'a.b':1}                  ~ a.b ~ 1",
        "{'a':{'b.c':1,'b':{'c':2}}}            ~ a.b.c ~ 1",
        "{'a':{'b':{'c':2}},'a.b':{'c':1}}      ~ a.b.c ~ 2",
        "{'a':[{'b':1},{'b':[2,3]},4]}          ~ a.b ~ 1 2 3",
        "{'a':{'b':1},'a':{'b':2}}              ~ a.b ~ 1 2",
        "{'a':1,'a':[2]}                        ~ a ~ 1 2",
        "{'a b':1,'ab':2}                       ~ ab ~ 1 2",
        "{'a':{' b ':1}}                        ~ a.b ~ 1",
        "{'a':{'':1}}                           ~ a. ~ 1",
        "{'a.':1}                               ~ a. ~ 1",
        "{'':{'b':1}}                           ~ .b ~ 1",
        "{'a':{'b':{'c':1}}}                    ~ a.b ~",
      })
  void whenThereAreSeveralWaysToThem(String json, String field, String values) throws Exception {
    String event = json.replace('\'', '"');
    String joined =
        EventProjection.whole().read(event.getBytes(UTF_8)).valuesOf(field.strip()).stream()
            .map(value -> String.valueOf(value.asText()))
            .reduce((one, other) -> one + " " + other)
            .orElse("");
    assertThat(joined).isEqualTo(values == null ? "" : values.strip());
    List<String> fields = List.of(field.strip());
    assertThat(found(RuleProgram.compile(rules(fields, false)), event))
        .isEqualTo(expected(fields, event));
  }

  @Test
  void thirtyDotsLeadToOneField() throws Exception {
    String field = "a.".repeat(30) + "a";
    RuleProgram program = RuleProgram.compile(rules(List.of(field), false));
    String nested = "{\"a\":".repeat(31) + "1" + "}".repeat(31);
    for (String json : List.of(nested, "{\"" + field + "\":1}", "{\"a\":" + nested + "}")) {
      assertThat(found(program, json)).isEqualTo(expected(List.of(field), json));
    }
  }

  /** Per field a rule that it is there, one that it is null, and one for each value. */
  private static List<SigmaRule> rules(List<String> fields, boolean keywords) {
    List<SigmaRule> rules = new ArrayList<>();
    for (String field : fields) {
      rules.add(Rules.rule("there '" + field + "'", "{'%s|exists': true}".formatted(field), "s"));
      rules.add(Rules.rule("null '" + field + "'", "{'%s': null}".formatted(field), "s"));
      for (int value = 0; value < 10; value++) {
        String title = value + " '" + field + "'";
        rules.add(Rules.rule(title, "{'%s|contains': '%d'}".formatted(field, value), "s"));
      }
    }
    if (keywords) {
      rules.add(Rules.rule("keyword", "[never]", "s"));
    }
    return rules;
  }

  private static List<String> expected(List<String> fields, String json) throws Exception {
    Event event = EventProjection.whole().read(json.getBytes(UTF_8));
    List<String> titles = new ArrayList<>();
    for (String field : fields) {
      List<String> texts =
          event.valuesOf(field).stream().map(value -> String.valueOf(value.asText())).toList();
      if (event.has(field)) {
        titles.add("there '" + field + "'");
      }
      if (!event.has(field) || texts.contains("null")) {
        titles.add("null '" + field + "'");
      }
      for (int value = 0; value < 10; value++) {
        if (texts.contains(String.valueOf(value))) {
          titles.add(value + " '" + field + "'");
        }
      }
    }
    return titles;
  }

  private static List<String> found(RuleProgram program, String json) throws Exception {
    return program.judge(json.getBytes(UTF_8), "acme").matches().stream()
        .map(match -> match.rule().title())
        .toList();
  }

  private static String object(Random random, int depth) {
    StringBuilder json = new StringBuilder("{");
    for (int i = random.nextInt(5); i > 0; i--) {
      json.append(json.length() == 1 ? "" : ",");
      json.append('"').append(NAMES.get(random.nextInt(NAMES.size()))).append("\":");
      json.append(value(random, depth - 1));
    }
    return json.append('}').toString();
  }

  private static String value(Random random, int depth) {
    return switch (random.nextInt(depth <= 0 ? 4 : 9)) {
      case 0 -> "null";
      case 1 -> "\"" + random.nextInt(10) + "\"";
      case 2, 3 -> String.valueOf(random.nextInt(10));
      case 4 -> "[" + value(random, depth - 1) + "," + value(random, depth - 1) + "]";
      case 5 -> "[]";
      default -> object(random, depth);
    };
  }
}
