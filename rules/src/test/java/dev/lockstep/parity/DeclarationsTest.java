package dev.lockstep.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.parity.Declarations.Declaration;
import dev.lockstep.sigma.Issue;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclarationsTest {

  @Test
  void readsWhatIsExpectedByWhomAndUntilWhen() {
    ParsedDeclarations parsed =
        Declarations.parse(
            "expected.yml",
            """
            expected:
              - field: rule.tags*
                owner: ann
                reason: tags of ATT&CK 17
                until: 2026-02-01
              - only-in: green
                rule: 1234
                customer: acme
                owner: bob
                reason: a new rule
                until: 2026-03-01
            """);

    assertThat(parsed.issues()).isEmpty();
    assertThat(parsed.declarations().all())
        .containsExactly(
            new Declaration(
                "rule.tags*",
                null,
                null,
                null,
                "ann",
                "tags of ATT&CK 17",
                LocalDate.of(2026, 2, 1)),
            new Declaration(
                null, "green", "1234", "acme", "bob", "a new rule", LocalDate.of(2026, 3, 1)));
  }

  @Test
  void saysEverythingThatIsWrongAndWhere() {
    ParsedDeclarations parsed =
        Declarations.parse(
            "expected.yml",
            """
            expected:
              - field: rule.level
                only-in: green
                owner: ann
                reason: both
                until: 2026-02-01
              - field: rule.level
                until: soon
                why: no key
              - nothing
            more: 1
            """);

    assertThat(parsed.declarations()).isEqualTo(Declarations.NONE);
    assertThat(parsed.issues())
        .extracting(Issue::toString)
        .containsExactly(
            "expected.yml:11:1: unknown key 'more'; only the list 'expected' is known here",
            "expected.yml:2:5: it has either 'field', a path such as matched_fields.User, or"
                + " 'only-in', an engine whose alerts the other has not",
            "expected.yml:9:5: unknown key 'why'; known are field, only-in, rule, customer, owner,"
                + " reason, until",
            "expected.yml:7:5: 'owner' is missing: somebody answers for it, until a day",
            "expected.yml:7:5: 'reason' is missing: somebody answers for it, until a day",
            "expected.yml:8:12: 'until' is a day such as 2026-02-01, was 'soon'",
            "expected.yml:10:5: an expected difference is a map, this is text");
  }

  @Test
  void aFileWithoutTheListIsAnIssue() {
    assertThat(Declarations.parse("f.yml", "{}").issues())
        .extracting(Issue::toString)
        .containsExactly("f.yml:1:1: the list 'expected' is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "rule.level, rule.level, true",
    "rule.*, rule.tags[0], true",
    "*, anything, true",
    "events[*].event.a, events[12].event.a, true",
    "events[*].event.a, events[12].event.ab, false",
    "rule.level, rule.levels, false",
    "a*b*c, axxbyybzzc, true",
    "a*b*c, axxbyybzz, false",
  })
  void aStarStandsForAnyPartOfAPath(String pattern, String path, boolean matches) {
    assertThat(Wildcards.match(pattern, path)).isEqualTo(matches);
  }
}
