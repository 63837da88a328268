package dev.lockstep.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.event.FieldValue;
import dev.lockstep.sigma.ParsedDocuments;
import dev.lockstep.sigma.SigmaParser;
import dev.lockstep.sigma.SigmaRule;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an explanation shows of a rule and an event. */
class RuleExplainerTest {

  @Test
  void everyPartIsJudgedAlsoWhereAnotherDecides() throws Exception {
    Reason.Combined condition =
        (Reason.Combined)
            explain("{a: x, b: y}", "{c: z}", "s1 and not s2", "{'a':'?','b':'y','c':'z'}")
                .condition();

    assertThat(condition.holds()).isFalse();
    assertThat(condition.parts()).extracting(Part::holds).containsExactly(false, false);
    Reason.Identifier s1 = (Reason.Identifier) condition.parts().get(0);
    assertThat(((Reason.Combined) s1.detection()).parts())
        .extracting(Part::holds)
        .containsExactly(false, true);
  }

  @Test
  void aRuleOfOtherCustomersDoesNotMatchWhateverItsConditionSays() throws Exception {
    SigmaRule rule = rule("{a: x}", "{a: x}", "s1", "lockstep: {customers: {only: [acme]}}");
    RuleExplainer explainer = RuleExplainer.of("{\"a\":\"x\"}".getBytes(UTF_8));

    Explanation others = explainer.explain(rule, "globex");

    assertThat(others.condition().holds()).isTrue();
    assertThat(others.applies()).isFalse();
    assertThat(others.matches()).isFalse();
    assertThat(explainer.explain(rule, "acme").matches()).isTrue();
  }

  @Test
  void testsOfOneFieldStandTogetherWithTheValuesThatTheyLookAt() throws Exception {
    Reason.Tests tests = tests("[{a|endswith: [x, y]}, {a: z}]", "{'a':['1','by']}");

    assertThat(tests.join()).isEqualTo(Join.ANY);
    assertThat(tests.subject().values())
        .containsExactly(new FieldValue.Text("1"), new FieldValue.Text("by"));
    assertThat(tests.tests())
        .extracting(test -> test.phrase() + " " + test.holds())
        .containsExactly("ends with 'x' false", "ends with 'y' true", "is 'z' false");
    assertThat(tests.tests().get(1).by())
        .satisfies(
            found -> assertThat(Objects.requireNonNull(found).value().asText()).isEqualTo("by"));
  }

  @Test
  void aKeywordSaysWhereItWasFound() throws Exception {
    Reason.Tests tests = tests("[nothing, katz]", "{'a':{'b':'mimikatz'},'n':1}");

    assertThat(tests.subject().field()).isNull();
    assertThat(tests.subject().moreValues()).isEqualTo(2);
    assertThat(Objects.requireNonNull(tests.tests().get(1).by()).path()).isEqualTo("a.b");
  }

  @Test
  void absentNullAndObjectAreToldApart() throws Exception {
    assertThat(tests("{a: x}", "{}").subject())
        .isEqualTo(new Subject("a", false, List.of(), 0, null));
    assertThat(tests("{a: x}", "{'a':null}").subject())
        .isEqualTo(new Subject("a", true, List.of(new FieldValue.Null()), 0, null));
    assertThat(tests("{a: x}", "{'a':{'b':'x'}}").subject())
        .isEqualTo(new Subject("a", true, List.of(), 0, null));
  }

  @Test
  void ofManyValuesThoseThatMatchComeFirstAndTheRestIsCounted() throws Exception {
    String values =
        IntStream.range(0, 4000).mapToObj(i -> "v" + i).collect(Collectors.joining(", ", "[", "]"));

    Reason.Tests tests = tests("{a: " + values + "}", "{'a':['v3999','v7']}");

    assertThat(tests.tests())
        .extracting(test -> test.phrase().object())
        .containsExactly("'v7'", "'v3999'", "'v0'", "'v1'", "'v2'");
    assertThat(tests.omitted()).isEqualTo(new Omitted(3995, 0));
  }

  @Test
  void ofManyValuesThatMustAllMatchThoseThatDoNotComeFirst() throws Exception {
    String values =
        IntStream.range(0, 40).mapToObj(i -> "v" + i).collect(Collectors.joining(", ", "[", "]"));
    String event =
        IntStream.range(0, 40)
            .filter(i -> i != 33)
            .mapToObj(i -> "'v" + i + "'")
            .collect(Collectors.joining(",", "{'a':[", "]}"));

    Reason.Tests tests = tests("{a|all: " + values + "}", event);

    assertThat(tests.tests().get(0).phrase().object()).isEqualTo("'v33'");
    assertThat(tests.omitted()).isEqualTo(new Omitted(35, 35));
    assertThat(tests.subject().values()).hasSize(5);
    assertThat(tests.subject().moreValues()).isEqualTo(34);
  }

  @Test
  void longTextsOfRulesAndEventsAreCut() throws Exception {
    String text = "x".repeat(5000);

    Reason.Tests tests = tests("{a: " + text + "}", "{'a':'" + text + "'}");

    assertThat(tests.tests().get(0).phrase().object()).hasSize(1027);
    assertThat(tests.subject().values().get(0).asText()).hasSize(1025);
    assertThat(tests.holds()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{a: x};                     is 'x'",
        "{a: ''};                    is ''",
        "{a: '*'};                   is any text",
        "{a|contains: x};            contains 'x'",
        "{a|startswith: x};          starts with 'x'",
        "{a|endswith: '\\cmd.exe'};  ends with '\\cmd.exe'",
        "{a: 'x*y?'};                is like 'x*y?'",
        "{a: 'x\\*y*z'};             is like 'x\\*y*z'",
        "{a|contains|cased: x};      contains (cased) 'x'",
        "{a|re|i|s: 'x.y'};          matches /x.y/is",
        "{a|cidr: 10.0.0.0/8};       is an address in 10.0.0.0/8",
        "{a: 5};                     is 5",
        "{a|gte: 5};                 is >= 5",
        "{a: true};                  is true",
        "{a: null};                  is null or absent",
        "{a|exists: false};          does not exist",
        "{a|fieldref|endswith: b};   ends with the value of b",
      })
  void testsAreSaidInWords(String search, String words) throws Exception {
    assertThat(tests(search, "{}").tests().get(0).phrase()).hasToString(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "{CommandLine: x}#    {'commandline':'x'}#         the event has 'commandline'; the case",
        "{EventID: 1}#        {'event_id':1}#              the event has 'event_id'",
        "{EventID: 1}#        {'System':{'EventID':1}}#    the event has 'System.EventID'; what is",
        "{Image: x}#          {'other':'x'}#               null",
      })
  void anAbsentFieldThatIsThereUnderAnotherNameIsNamed(String search, String event, String hint)
      throws Exception {
    assertThat(String.valueOf(tests(search, event).subject().hint())).startsWith(hint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '`',
      value = {
        "{a: x}#                     {'a':' x'}#                the value has blanks around it",
        "{a: 5}#                     {'a':'5 '}#                the value has blanks around it",
        "{a|cased: X}#               {'a':'x'}#                 only the case differs, and",
        "{a|re: Foo}#                {'a':'foo'}#               only the case differs: 're'",
        "{a|startswith: '\\\\x\\y'}# {'a':'\\\\\\\\x\\\\y'}#    only the number of backslashes",
        "{a: cmd.exe}#               {'a':'run cmd.exe'}#       the value contains it, with more",
        "{a|endswith: cmd.exe}#      {'a':'cmd.exe /c'}#        the value contains it, but not at its end",
        "{a|startswith: cmd.exe}#    {'a':'x cmd.exe'}#         the value contains it, but not at its start",
        "{a|cidr: 10.0.0.0/8}#       {'a':'10.0.0.1:80'}#       the value is no IP address",
        "{a|cidr: 10.0.0.0/8}#       {'a':'11.0.0.1'}#          null",
        "{a|gt: 5}#                  {'a':'high'}#              the value is no number",
        "{a: null}#                  {'a':''}#                  the value is the empty text",
        "{a|fieldref: b}#            {'a':'x'}#                 the event has no b",
        "{a: x}#                     {'a':'y'}#                 null",
      })
  void aValueThatFailsByAHairGetsAHint(String search, String event, String hint) throws Exception {
    assertThat(String.valueOf(tests(search, event).tests().get(0).hint())).startsWith(hint);
  }

  @Test
  void whereAnotherPartHoldsInsteadThereIsNoHint() throws Exception {
    Explanation matched = explain("{a: x}", "{b: y}", "s1 or s2", "{'a':' x','b':'y'}");
    Explanation missed = explain("{a: x}", "{b: y}", "s1 or s2", "{'a':' x','b':'?'}");

    assertThat(matched.condition().hasHint()).isFalse();
    assertThat(missed.condition().hasHint()).isTrue();
  }

  @Test
  void nearestAreRulesOfWhichOnePartFailsAndFirstThoseWithAHint() throws Exception {
    String event = "{'a':'x','b':'y','c':' z'}";
    Explanation one = explain("{a: x, b: y}", "{d: z}", "s1 and s2", event);
    Explanation hinted = explain("{a: x}", "{c: z}", "s1 and s2", event);
    Explanation two = explain("{a: x, d: y}", "{e: z}", "s1 and s2", event);
    Explanation nothing = explain("{d: y}", "{e: z}", "s1 and not s2", event);
    NearestMisses misses = new NearestMisses();

    List.of(one, two, nothing, hinted, one, one, one, one).forEach(misses::add);

    assertThat(misses.nearest()).containsExactly(hinted, one, one, one, one);
  }

  private static Reason.Tests tests(String search, String event) throws Exception {
    Reason.Identifier identifier =
        (Reason.Identifier) explain(search, "{unused: x}", "s1", event).condition();
    return (Reason.Tests) identifier.detection();
  }

  private static Explanation explain(String s1, String s2, String condition, String event)
      throws Exception {
    return RuleExplainer.of(event.replace('\'', '"').getBytes(UTF_8))
        .explain(rule(s1, s2, condition, ""), "acme");
  }

  private static SigmaRule rule(String s1, String s2, String condition, String more) {
    ParsedDocuments parsed =
        SigmaParser.parse(
            "test.yml",
            """
            title: t
            logsource: {product: test}
            detection:
              s1: %s
              s2: %s
              condition: %s
            %s
            """
                .formatted(s1, s2, condition, more));
    assertThat(parsed.issues()).isEmpty();
    return parsed.rules().get(0);
  }
}
