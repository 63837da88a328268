package dev.lockstep.content;

import static dev.lockstep.content.Rules.file;
import static dev.lockstep.content.Rules.filter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.correlation.Correlation;
import dev.lockstep.correlation.CorrelationPlan;
import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.SigmaCorrelation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Correlations are in force only with all that they refer to. */
class CorrelationContentTest {
  private RuleBundle before = new RuleBundle(List.of());
  private RuleBundle inForce = new RuleBundle(List.of());

  @Test
  void correlationsOfRulesInOtherFilesAreInForce() {
    Content content = Content.read(List.of(count("c.yml", "c", "x"), file("x.yml", "x")));

    assertThat(content.issues()).isEmpty();
    assertThat(content.correlations()).extracting(SigmaCorrelation::id).containsExactly("c");
    assertThat(content.ruleCount()).isEqualTo(2);
    assertThat(content.correlationPlan().feedsOf("x")).hasSize(1);
    assertThat(content.correlationPlan().isSilent("x")).isTrue();
    assertThat(content.correlationPlan().isSilent("c")).isFalse();
    assertThat(content.correlationPlan().fieldsOf("x")).containsExactly("User");
  }

  @Test
  void aRuleIsAskedForTheFieldsThatItHas() {
    RuleDocument aliased =
        with(
            with(count("c.yml", "c", "x, y"), "[User]", "[who]\n  aliases: {who: {x: Name}}"),
            "type: event_count",
            "type: value_count");
    CorrelationPlan plan =
        Content.read(
                List.of(
                    file("x.yml", "x"),
                    file("y.yml", "y"),
                    with(aliased, "{gte: 3}", "{gte: 3, field: Host}"),
                    with(count("d.yml", "d", "y"), "level: low", "generate: true")))
            .correlationPlan();

    assertThat(plan.fieldsOf("x")).containsExactlyInAnyOrder("Name", "Host");
    assertThat(plan.fieldsOf("y")).containsExactlyInAnyOrder("who", "Host", "User");
    assertThat(plan.feedsOf("x").get(0).groupFields()).containsExactly("Name");
    assertThat(plan.feedsOf("y")).extracting(CorrelationPlan.Feed::member).containsExactly(1, 0);
    assertThat(plan.feedsOf("y").get(0).groupFields()).containsExactly("who");
    assertThat(plan.isSilent("x")).isTrue();
    assertThat(plan.isSilent("y")).as("one of them has it generate alerts").isFalse();
  }

  @Test
  void aRuleThatIsNotThereIsAnIssueWhereItIsNamed() {
    assertThat(issues(count("c.yml", "c", "x, y"), file("x.yml", "x")))
        .containsExactly("c.yml:5:14: there is no rule 'y'");
  }

  @Test
  void aNameOfTwoRulesIsAnIssue() {
    assertThat(issues(count("c.yml", "c", "n"), named("x.yml", "x"), named("y.yml", "y")))
        .containsExactly("c.yml:5:11: 2 rules are called 'n'; write an id");
  }

  @Test
  void aCorrelationOfItselfIsAnIssue() {
    assertThat(issues(count("c.yml", "c", "c")))
        .containsExactly("c.yml:1:1: the correlation refers to itself, over others or not");
    assertThat(issues(count("c.yml", "c", "d"), count("d.yml", "d", "c")))
        .containsExactly(
            "c.yml:1:1: the correlation refers to itself, over others or not",
            "d.yml:1:1: the correlation refers to itself, over others or not");
  }

  @Test
  void correlationsCanBeBuiltOnOneAnotherToADepth() {
    List<RuleDocument> three =
        List.of(
            file("x.yml", "x"),
            count("a.yml", "a", "x"),
            count("b.yml", "b", "a"),
            count("c.yml", "c", "b, x"));
    Content content = Content.read(three);
    assertThat(content.issues()).isEmpty();
    assertThat(content.correlationPlan().correlations())
        .extracting(Correlation::stage)
        .containsExactly(1, 2, 3);

    assertThat(
            issues(
                three.get(0), three.get(1), three.get(2), three.get(3), count("d.yml", "d", "c")))
        .containsExactly(
            "d.yml:1:1: the correlation is built on 3 others, one upon the other; at most 2 are"
                + " allowed");
  }

  @Test
  void aCorrelationHasNoFieldsButThoseThatItGroupsBy() {
    RuleDocument byHost = with(count("d.yml", "d", "c"), "[User]", "[Host]");
    assertThat(issues(file("x.yml", "x"), count("c.yml", "c", "x"), byHost))
        .containsExactly(
            "d.yml:5:11: the correlation 'c' has no 'Host' to group by; it groups by: User");
    RuleDocument values =
        with(
            with(count("d.yml", "d", "c"), "event_count", "value_count"),
            "{gte: 3}",
            "{field: Host, gte: 3}");
    assertThat(issues(file("x.yml", "x"), count("c.yml", "c", "x"), values))
        .containsExactly("d.yml:5:11: 'c' is a correlation, which has no values of fields");
  }

  @Test
  void whatReliesOnARejectedCorrelationIsRejectedToo() {
    assertThat(
            issues(
                file("x.yml", "x"),
                count("c.yml", "c", "gone"),
                count("d.yml", "d", "c"),
                count("e.yml", "e", "x")))
        .containsExactly("c.yml:5:11: there is no rule 'gone'", "d.yml:5:11: there is no rule 'c'");
  }

  @Test
  void aRuleAndACorrelationCannotHaveOneId() {
    assertThat(issues(file("a.yml", "x"), count("c.yml", "x", "a")))
        .singleElement()
        .asString()
        .contains("c.yml:1:1: ")
        .contains("x")
        .contains("a.yml");
  }

  @Test
  void theEarlierVersionOfACorrelationStaysInForce() {
    deliver(file("x.yml", "x"), count("c.yml", "c", "x"));

    assertThat(deliver(file("x.yml", "x"), count("c.yml", "c", "y")))
        .containsExactly("REJECTED c [c.yml:5:11: there is no rule 'y'], previous in force");
    assertThat(inForce.documents()).contains(count("c.yml", "c", "x"));
  }

  @Test
  void aRemovedRuleTakesItsCorrelationsOutOfForce() {
    deliver(file("x.yml", "x"), count("c.yml", "c", "x"));

    assertThat(deliver(count("c.yml", "c", "x")))
        .containsExactlyInAnyOrder("REJECTED c [c.yml:5:11: there is no rule 'x']", "EXPIRED x []");
    assertThat(inForce.documents()).isEmpty();
    assertThat(deliver(file("x.yml", "x"), count("c.yml", "c", "x")))
        .containsExactlyInAnyOrder("ACCEPTED c []", "ACCEPTED x []");
  }

  @Test
  void theEarlierVersionGoesWithItsRule() {
    deliver(file("x.yml", "x"), count("c.yml", "c", "x"));

    assertThat(deliver(count("c.yml", "c", "y")))
        .containsExactlyInAnyOrder(
            "REJECTED c [c.yml:5:11: there is no rule 'y', its last good version is out of force,"
                + " too: there is no rule 'x']",
            "EXPIRED x []");
    assertThat(inForce.documents()).isEmpty();
  }

  @Test
  void bundlesListCorrelations() {
    BundleManifest manifest = manifest(file("x.yml", "x"), count("c.yml", "c", "x"));

    assertThat(manifest.rules()).extracting(BundleManifest.Entry::id).containsExactly("c", "x");
    assertThat(manifest.rules().get(0).title()).isEqualTo("Count c");
    assertThat(manifest.rules().get(0).file()).isEqualTo("c.yml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "Count c ~ Better ~ COSMETIC",
        "level: low ~ level: low # remark ~ COSMETIC",
        "{gte: 3} ~ {gte: 4} ~ SEMANTIC",
        "5m ~ 6m ~ SEMANTIC",
        "level: low ~ level: high ~ SEMANTIC",
        "level: low ~ generate: true ~ SEMANTIC",
        "[x] ~ [x, y] ~ SEMANTIC",
      })
  void tellsSemanticChangesFromCosmeticOnes(String part, String other, String kind) {
    RuleDocument[] now = {file("x.yml", "x"), file("y.yml", "y"), count("c.yml", "c", "x")};
    RuleDocument[] then = now.clone();
    then[2] = with(now[2], part, other);
    assertThat(BundleDiff.of(manifest(now), manifest(then)).changes())
        .extracting(change -> change.kind() + " " + change.rule().id())
        .containsExactly(kind + " c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "Count c ~ Better",
        "level: low ~ level: high",
        "level: low ~ description: why",
        "level: low ~ generate: true",
        "level: low ~ 'lockstep: {suppress: {for: 1h}}'",
      })
  void theStateOfACorrelationOutlivesADescription(String part, String other) {
    assertThat(meaning(with(count("c.yml", "c", "x"), part, other)))
        .isEqualTo(meaning(count("c.yml", "c", "x")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{gte: 3} ~ {gte: 4}",
        "{gte: 3} ~ {gt: 3}",
        "event_count ~ temporal",
        "5m ~ 6m",
        "[User] ~ [Host]",
        "[User] ~ [User, Host]",
        "[x] ~ [y]",
        "[x] ~ [x, y]",
        "[User] ~ '[User]\n  aliases: {User: {x: Name}}'",
      })
  void anotherQuestionBeginsAnew(String part, String other) {
    assertThat(meaning(with(count("c.yml", "c", "x"), part, other)))
        .isNotEqualTo(meaning(count("c.yml", "c", "x")));
  }

  @Test
  void anotherQuestionOfARuleBeginsItsCorrelationsAnewAndAFilterDoesNot() {
    RuleDocument count = count("c.yml", "c", "x");
    String meaning = meaningOf(file("x.yml", "x"), count);

    assertThat(meaningOf(file("x.yml", "x"), count, filter("f.yml", "f", "[x]")))
        .isEqualTo(meaning);
    assertThat(meaningOf(with(file("x.yml", "x"), "Rule x", "Better"), count)).isEqualTo(meaning);
    assertThat(meaningOf(file("x.yml", "x", "other"), count)).isNotEqualTo(meaning);
  }

  @Test
  void anotherQuestionOfACorrelationBeginsThoseUponItAnew() {
    RuleDocument upper = count("d.yml", "d", "c");
    RuleDocument lower = count("c.yml", "c", "x");
    String meaning = plannedMeaning("d", file("x.yml", "x"), lower, upper);

    assertThat(plannedMeaning("d", file("x.yml", "x"), with(lower, "5m", "6m"), upper))
        .isNotEqualTo(meaning);
    assertThat(plannedMeaning("d", file("x.yml", "x"), with(lower, "Count", "Many"), upper))
        .isEqualTo(meaning);
  }

  private static String meaning(RuleDocument count) {
    return meaningOf(file("x.yml", "x"), file("y.yml", "y", "other"), count);
  }

  private static String meaningOf(RuleDocument... documents) {
    return plannedMeaning("c", documents);
  }

  private static String plannedMeaning(String id, RuleDocument... documents) {
    Content content = Content.read(List.of(documents));
    assertThat(content.issues()).isEmpty();
    return content.correlationPlan().correlation(id).orElseThrow().meaning();
  }

  private static RuleDocument count(String path, String id, String rules) {
    return new RuleDocument(
        path,
        """
        title: Count %1$s
        id: %1$s
        level: low
        correlation:
          rules: [%2$s]
          type: event_count
          group-by: [User]
          timespan: 5m
          condition: {gte: 3}
        """
            .formatted(id, rules));
  }

  private static RuleDocument named(String path, String id) {
    return with(file(path, id), "title:", "name: n\ntitle:");
  }

  private static RuleDocument with(RuleDocument document, String part, String other) {
    assertThat(document.text()).contains(part);
    return new RuleDocument(document.path(), document.text().replace(part, other));
  }

  private static List<String> issues(RuleDocument... documents) {
    return Content.read(List.of(documents)).issues().stream().map(Issue::toString).toList();
  }

  private static BundleManifest manifest(RuleDocument... documents) {
    return BundleManifest.of("b", new RuleBundle(List.of(documents)), null, null);
  }

  private List<String> deliver(RuleDocument... documents) {
    RuleBundle delivered = new RuleBundle(List.of(documents));
    ContentReview review = ContentReview.of(delivered, before, inForce);
    before = delivered;
    inForce = review.effective();
    return review.verdicts().stream()
        .map(
            verdict ->
                "%s %s %s%s"
                    .formatted(
                        verdict.status(),
                        verdict.key(),
                        verdict.issues(),
                        verdict.previousInForce() ? ", previous in force" : ""))
        .toList();
  }
}
