package dev.lockstep.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.ParsedDocuments;
import dev.lockstep.sigma.ParsedPlaceholders;
import dev.lockstep.sigma.PlaceholderParser;
import dev.lockstep.sigma.Placeholders;
import dev.lockstep.sigma.SigmaParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholderTest {
  private static final String VALUES =
      """
      placeholders:
        Admins: [root, 'adm-*']
        Host: srv?
        DC: ['DC01$', 'DC02$']
        Path: ['C:\\', 'D:\\Data']
        Ids: [4624, 4625.0]
        Nets: [10.0.0.0/8, 192.168.0.0/16]
        with-dash_1: x
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\u0001',
      value = {
        "{a|expand: '%Admins%'} ~ {`a`:`ROOT`} ~ true",
        "{a|expand: '%Admins%'} ~ {`a`:`adm-7`} ~ true",
        "{a|expand: '%Admins%'} ~ {`a`:`xroot`} ~ false",
        "{a|expand: ['x', '%Admins%']} ~ {`a`:`x`} ~ true",
        "{a|expand|contains: '%Admins%'} ~ {`a`:`xrootx`} ~ true",
        "{a|endswith|expand: '\\\\%Admins%'} ~ {`a`:`D\\\\root`} ~ true",
        "{a|endswith|expand: '\\\\%Admins%'} ~ {`a`:`root`} ~ false",
        "{a|startswith|expand: '%Path%x'} ~ {`a`:`c:\\\\xy`} ~ true",
        "{a|expand: '%Path%*'} ~ {`a`:`C:\\\\any`} ~ true",
        "{a|expand: '%Path%*'} ~ {`a`:`C:*`} ~ false",
        "{a|expand: '%Admins%@%Host%'} ~ {`a`:`root@srv1`} ~ true",
        "{a|expand: '%Admins%@%Host%'} ~ {`a`:`root@srv`} ~ false",
        "{a|expand: '%Admins%%Host%'} ~ {`a`:`rootsrv1`} ~ true",
        "{a|contains|all|expand: ['%Admins%', '%Host%']} ~ {`a`:`root srv1`} ~ true",
        "{a|contains|all|expand: ['%Admins%', '%Host%']} ~ {`a`:`root adm-`} ~ false",
        "{a|expand|neq: '%Admins%'} ~ {`a`:`root`} ~ false",
        "{a|expand|cased: '%Admins%'} ~ {`a`:`Root`} ~ false",
        "{a|expand|windash|contains: '-%Admins%'} ~ {`a`:`/root`} ~ true",
        "{a|expand|base64: '%with-dash_1%'} ~ {`a`:`eA==`} ~ true",
        "{a|re|expand: '^%DC%x+$'} ~ {`a`:`DC02$xx`} ~ true",
        "{a|re|expand: '^%DC%x+$'} ~ {`a`:`DC02xx`} ~ false",
        "{a|re|expand: '^(a|%Admins%)$'} ~ {`a`:`adm-12`} ~ true",
        "{a|re|expand: '\\%[a-z]\\%'} ~ {`a`:`%q%`} ~ true",
        "{a|cidr|expand: '%Nets%'} ~ {`a`:`192.168.7.7`} ~ true",
        "{a|expand: '%Ids%'} ~ {`a`:4625} ~ true",
        "{a|expand: '%Ids%'} ~ {`a`:`4624`} ~ true",
        "{a|expand: 'x%Ids%'} ~ {`a`:`x4625.0`} ~ true",
        "{a|expand: '\\%Admins\\%'} ~ {`a`:`%admins%`} ~ true",
        "{a|expand: '100\\% %Host%'} ~ {`a`:`100% srv1`} ~ true",
        "{a|expand: 5} ~ {`a`:5} ~ true",
        "{a: '%Admins%'} ~ {`a`:`%admins%`} ~ true",
        "{a: '%Admins%'} ~ {`a`:`root`} ~ false",
        "{'|expand': '%Admins%'} ~ {`x`:`the root of it`} ~ true",
      })
  void standsForEachOfItsValues(String search, String json, boolean expected) {
    ParsedDocuments parsed = parse(search, placeholders(VALUES));
    assertThat(parsed.issues()).isEmpty();
    MatchResult result = Rules.judge(parsed.rules(), json.replace('`', '"'));
    assertThat(!result.matches().isEmpty()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\u0001',
      value = {
        "{a|expand: 'x%None%'} ~ 4:19: the placeholder '%None%' has no values; define it under"
            + " 'placeholders' in a values file; there is Admins, DC, Host, Ids, Nets, Path,"
            + " with-dash_1",
        "{a|expand: '5 % of %Host%'} ~ 4:20: this '%' begins no placeholder such as %Servers%;"
            + " write \\% for the character, and \\\\%Servers% for a backslash before a"
            + " placeholder",
        "{a|expand: 'C:\\%Host%'} ~ 4:26: this '%' begins no placeholder such as %Servers%;"
            + " write \\% for the character, and \\\\%Servers% for a backslash before a"
            + " placeholder",
      })
  void isNamedWhenItHasNoValues(String search, String issue) {
    assertThat(parse(search, placeholders(VALUES)).issues())
        .extracting(Issue::toString)
        .containsExactly("rule.yml:" + issue);
  }

  @Test
  void namesOnlyTheFirstOfManyKnownOnes() {
    StringBuilder values = new StringBuilder("placeholders:\n");
    for (int i = 100; i < 125; i++) {
      values.append("  p%d: x%n".formatted(i));
    }
    assertThat(
            parse("{a|expand: '%p%'}", placeholders(values.toString())).issues().get(0).message())
        .endsWith(
            "; there is p100, p101, p102, p103, p104, p105, p106, p107, p108, p109, p110,"
                + " p111, p112, p113, p114, p115, p116, p117, p118, p119 and 5 more");
  }

  @Test
  void boundsTheCombinationsBeforeTheyAreMade() {
    String many = "placeholders:\n  P: [" + "x,".repeat(1000) + "x]\n";
    for (String before : List.of("", "x, ")) {
      String search = "{a|expand: [" + before + "'%P%%P%%P%%P%%P%%P%%P%']}";
      assertThat(parse(search, placeholders(many)).issues())
          .singleElement()
          .asString()
          .contains("at most 50000 are allowed");
    }
    assertThat(parse("{a|expand: '%P%'}", placeholders(many)).issues()).isEmpty();
  }

  @Test
  void boundsTheCharactersOfTheCombinationsBeforeTheyAreMade() {
    String many = ("x".repeat(30) + ",").repeat(200).replaceFirst(",$", "");
    String values = "placeholders: {P: [%1$s], Q: [%1$s]}".formatted(many);

    assertThat(parse("{a|expand: '%P%%Q%'}", placeholders(values)).issues())
        .singleElement()
        .asString()
        .contains("the document comes to 2400000 characters", "at most 2000000 are allowed");
  }

  @Test
  void changesTheVersionOfTheRulesThatUseIt() {
    String first = version("{a|expand: '%A%'}", "placeholders: {A: x, B: y}");
    assertThat(version("{a|expand: '%A%'}", "placeholders: {A: x, B: z}")).isEqualTo(first);
    assertThat(version("{a|expand: '%A%'}", "placeholders: {A: y, B: y}")).isNotEqualTo(first);
  }

  @Test
  void isReadFromFilesOfOneKind() {
    assertThat(
            PlaceholderParser.parse(
                    "v.yml",
                    """
                    placeholders:
                      A: []
                      B: ''
                      C: [x, null, true, [y]]
                      'D D': x
                    values: {}
                    ---
                    placeholders: {E: x}
                    """)
                .issues())
        .extracting(Issue::toString)
        .containsExactly(
            "v.yml:2:6: 'A' has no value; give at least one",
            "v.yml:3:6: a value of 'B' is text or a number, this is empty",
            "v.yml:4:10: a value of 'C' is text or a number, this is null",
            "v.yml:4:16: a value of 'C' is text or a number, this is a boolean",
            "v.yml:4:22: a value of 'C' is text or a number, this is a list",
            "v.yml:5:3: 'D D' is no name of a placeholder: letters, digits, '_', '.' and '-', at"
                + " most 128",
            "v.yml:6:1: a values file has the key 'placeholders' alone, this is 'values'",
            "v.yml:8:1: a values file is one document; put this into another file");
    assertThat(PlaceholderParser.parse("v.yml", "placeholders: x").issues())
        .extracting(Issue::toString)
        .containsExactly("v.yml:1:15: 'placeholders' is a map of names, each with its values");
    assertThat(PlaceholderParser.parse("v.yml", "# none\n").issues())
        .extracting(Issue::toString)
        .containsExactly("v.yml:1:1: there is no document in this file");
    assertThat(PlaceholderParser.parse("v.yml", "[placeholders]").issues())
        .extracting(Issue::toString)
        .containsExactly("v.yml:1:1: a values file is a map, this is a list");
  }

  private static String version(String search, String values) {
    return parse(search, placeholders(values)).rules().get(0).contentHash();
  }

  private static Placeholders placeholders(String text) {
    ParsedPlaceholders parsed = PlaceholderParser.parse("values.yml", text);
    assertThat(parsed.issues()).isEmpty();
    return parsed.placeholders();
  }

  private static ParsedDocuments parse(String search, Placeholders placeholders) {
    String rule =
        """
        title: t
        logsource: {product: test}
        detection:
          s: %s
          condition: s
        """
            .formatted(search);
    return SigmaParser.parse("rule.yml", rule, placeholders);
  }
}
