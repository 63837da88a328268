package dev.lockstep.content;

import static dev.lockstep.content.Rules.broken;
import static dev.lockstep.content.Rules.expanding;
import static dev.lockstep.content.Rules.file;
import static dev.lockstep.content.Rules.filter;
import static dev.lockstep.content.Rules.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sigma.Issue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContentReviewTest {
  private static final String ISSUE = "a.yml:6:14: ";

  private RuleBundle before = bundle();
  private RuleBundle inForce = bundle();

  @Test
  void acceptsEveryRuleOfTheFirstDelivery() {
    assertThat(deliver(file("a.yml", "x"), file("b.yml", "y")))
        .containsExactly("accepted x a.yml", "accepted y b.yml");
    assertThat(inForce).isEqualTo(bundle(file("a.yml", "x"), file("b.yml", "y")));
  }

  @Test
  void doesNotSpeakAgainOfUnchangedRules() {
    deliver(file("a.yml", "x"), file("b.yml", "y"));

    assertThat(deliver(file("a.yml", "x"), file("b.yml", "y", "other")))
        .containsExactly("accepted y b.yml");
    assertThat(deliver(file("a.yml", "x"), file("b.yml", "y", "other"))).isEmpty();
  }

  @Test
  void keepsThePreviousVersionOfABrokenFileAndTakesTheOthers() {
    deliver(file("a.yml", "x"), file("b.yml", "y"));

    assertThat(deliver(broken("a.yml", "x"), file("b.yml", "y", "other")))
        .containsExactly("rejected x a.yml, previous in force", "accepted y b.yml");
    assertThat(inForce).isEqualTo(bundle(file("a.yml", "x"), file("b.yml", "y", "other")));
  }

  @Test
  void keepsThePreviousVersionHoweverOftenTheFileComesBroken() {
    deliver(file("a.yml", "x"));
    deliver(broken("a.yml", "x"));

    assertThat(deliver(new RuleDocument("a.yml", "]")))
        .containsExactly("rejected x a.yml, previous in force");
    assertThat(inForce).isEqualTo(bundle(file("a.yml", "x")));
  }

  @Test
  void rejectsABrokenFileWithoutPredecessorWithItsIssues() {
    RuleVerdict verdict = review(broken("a.yml", "x")).verdicts().get(0);

    assertThat(verdict.key()).isEqualTo("file:a.yml");
    assertThat(verdict.status()).isEqualTo(RuleVerdict.Status.REJECTED);
    assertThat(verdict.previousInForce()).isFalse();
    assertThat(verdict.issues()).hasSize(1).first().asString().startsWith(ISSUE);
    assertThat(inForce.documents()).isEmpty();
  }

  @Test
  void acceptsAFixedFileAgainAndForgetsTheKeyOfTheBrokenOne() {
    deliver(broken("a.yml", "x"));

    assertThat(deliver(file("a.yml", "x")))
        .containsExactly("accepted x a.yml", "expired file:a.yml a.yml");
  }

  @Test
  void acceptsAFileThatIsPutBackAsItWas() {
    deliver(file("a.yml", "x"));
    deliver(broken("a.yml", "x"));

    assertThat(deliver(file("a.yml", "x"))).containsExactly("accepted x a.yml");
  }

  @Test
  void expiresARuleWhoseFileIsGone() {
    deliver(file("a.yml", "x"), file("b.yml", "y"));

    assertThat(deliver(file("b.yml", "y"))).containsExactly("expired x a.yml");
    assertThat(inForce).isEqualTo(bundle(file("b.yml", "y")));
  }

  @Test
  void expiresARuleWhoseFileIsGoneAfterItWasBroken() {
    deliver(file("a.yml", "x"));
    deliver(broken("a.yml", "x"));

    assertThat(deliver()).containsExactly("expired x a.yml");
    assertThat(inForce.documents()).isEmpty();
    assertThat(deliver()).isEmpty();
  }

  @Test
  void expiresARuleThatGotAnotherId() {
    deliver(file("a.yml", "x"));

    assertThat(deliver(file("a.yml", "y"))).containsExactly("accepted y a.yml", "expired x a.yml");
  }

  @Test
  void acceptsARuleThatMovedToAnotherFile() {
    deliver(file("a.yml", "x"));

    assertThat(deliver(file("b.yml", "x"))).containsExactly("accepted x b.yml");
  }

  @Test
  void rejectsTheSecondFileWithAnIdByTheNameOfTheFirst() {
    ContentReview review = review(file("a.yml", "x"), file("b.yml", "x", "other"));

    assertThat(said(review)).containsExactly("rejected file:b.yml b.yml", "accepted x a.yml");
    assertThat(review.verdicts().get(0).issues())
        .containsExactly("b.yml:1:1: the rule 'x' is there already, in a.yml");
    assertThat(inForce).isEqualTo(bundle(file("a.yml", "x")));
  }

  @Test
  void acceptsTheSecondFileWithAnIdWhenTheFirstGoes() {
    deliver(file("a.yml", "x"), file("b.yml", "x"));

    assertThat(deliver(file("b.yml", "x")))
        .containsExactly("accepted x b.yml", "expired file:b.yml b.yml");
  }

  @Test
  void prefersADeliveredFileToTheKeptVersionOfABrokenOne() {
    deliver(file("a.yml", "x"));

    assertThat(deliver(broken("a.yml", "x"), file("b.yml", "x")))
        .containsExactly("rejected file:a.yml a.yml", "accepted x b.yml");
    assertThat(inForce).isEqualTo(bundle(file("b.yml", "x")));
  }

  @Test
  void saysOfEachRuleOfABrokenFileWhetherAPreviousVersionIsInForce() {
    deliver(file("a.yml", "x"));
    String both = Rules.text("y", "a") + "---\n" + broken("a.yml", "x").text();

    assertThat(deliver(new RuleDocument("a.yml", both)))
        .containsExactly("rejected x a.yml, previous in force", "rejected y a.yml");
    assertThat(inForce).isEqualTo(bundle(file("a.yml", "x")));
  }

  @Test
  void takesAFileOfSeveralRulesWhole() {
    String both = Rules.text("x", "a") + "---\n" + Rules.text("y", "a");
    deliver(new RuleDocument("a.yml", both));

    assertThat(deliver(file("a.yml", "x"))).containsExactly("accepted x a.yml", "expired y a.yml");
  }

  @Test
  void neverSpeaksTwiceByOneKey() {
    String brokenWithX = Rules.text("x", "a") + "---\n" + broken("b.yml", "y").text();

    assertThat(
            deliver(
                new RuleDocument("a.yml", brokenWithX),
                new RuleDocument("b.yml", brokenWithX),
                broken("c.yml", "z")))
        .containsExactly(
            "rejected file:b.yml b.yml", "rejected file:c.yml c.yml", "rejected x a.yml");
  }

  @Test
  void readsValuesBeforeRulesWhateverTheOrderOfTheirPaths() {
    assertThat(deliver(expanding("a.yml", "x", "Admins"), values("z.yml", "Admins", "root")))
        .containsExactly("accepted x a.yml", "accepted file:z.yml z.yml");
    assertThat(Content.read(inForce.documents()).rules()).hasSize(1);
  }

  @Test
  void rejectsARuleWhosePlaceholderHasNoValuesAndSaysWhatToDo() {
    ContentReview review =
        review(expanding("a.yml", "x", "Admins"), values("z.yml", "Servers", "s1"));

    assertThat(review.verdicts().get(0).issues())
        .containsExactly(
            "a.yml:5:23: the placeholder '%Admins%' has no values; define it under 'placeholders'"
                + " in a values file; there is Servers");
    assertThat(deliver(expanding("a.yml", "x", "Admins"), values("z.yml", "Admins", "root")))
        .containsExactly(
            "accepted x a.yml", "accepted file:z.yml z.yml", "expired file:a.yml a.yml");
  }

  @Test
  void keepsTheLastGoodVersionOfABrokenValuesFile() {
    deliver(expanding("a.yml", "x", "Admins"), values("z.yml", "Admins", "root"));

    for (String broken : List.of("placeholders:\n  Admins: []\n", "placeholders:\n]", "\"none\"")) {
      assertThat(deliver(expanding("a.yml", "x", "Admins"), new RuleDocument("z.yml", broken)))
          .as(broken)
          .containsExactly("rejected file:z.yml z.yml, previous in force");
      assertThat(inForce.documents()).hasSize(2);
    }
  }

  @Test
  void speaksOfARuleAgainWhenTheValuesOfItsPlaceholderChange() {
    RuleDocument other = file("b.yml", "y");
    deliver(expanding("a.yml", "x", "Admins"), other, values("z.yml", "Admins", "root"));

    assertThat(deliver(expanding("a.yml", "x", "Admins"), other, values("z.yml", "Admins", "toor")))
        .containsExactly("accepted x a.yml", "accepted file:z.yml z.yml");
  }

  @Test
  void takesAVersionOutOfForceWhosePlaceholdersAreGoneAndSaysSo() {
    deliver(expanding("a.yml", "x", "Admins"), values("z.yml", "Admins", "root"));

    ContentReview review = review(expanding("a.yml", "x", "Admins"), values("z.yml", "A", "root"));

    assertThat(said(review))
        .containsExactly(
            "rejected file:a.yml a.yml", "accepted file:z.yml z.yml", "expired x a.yml");
    assertThat(review.verdicts().get(0).issues())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("its last good version is out of force, too: the placeholder '%Admins%'");
    assertThat(inForce).isEqualTo(bundle(values("z.yml", "A", "root")));
  }

  @Test
  void rejectsTheSecondFileThatDefinesAPlaceholder() {
    ContentReview review = review(values("a.yml", "A", "1"), values("b.yml", "A", "2"));

    assertThat(said(review))
        .containsExactly("rejected file:b.yml b.yml", "accepted file:a.yml a.yml");
    assertThat(review.verdicts().get(0).issues())
        .containsExactly("b.yml:2:3: the placeholder 'A' is there already, in a.yml");
  }

  @Test
  void replacesAValuesFileByAGoodRuleFileOfTheSamePath() {
    deliver(values("a.yml", "A", "1"));

    assertThat(deliver(file("a.yml", "x")))
        .containsExactly("accepted x a.yml", "expired file:a.yml a.yml");
  }

  @Test
  void speaksOfARuleAgainWhenAFilterIsAddedChangedOrTaken() {
    deliver(file("a.yml", "x"), file("b.yml", "y"));

    ContentReview added = review(file("a.yml", "x"), file("b.yml", "y"), filter("f.yml", "f", "x"));
    assertThat(said(added)).containsExactly("accepted x a.yml", "accepted filter:f f.yml");
    assertThat(added.verdicts().get(0).filters()).containsExactly("f");
    assertThat(deliver(file("a.yml", "x"), file("b.yml", "y"), filter("f.yml", "f", "y")))
        .containsExactly("accepted x a.yml", "accepted y b.yml", "accepted filter:f f.yml");
    assertThat(deliver(file("a.yml", "x"), file("b.yml", "y")))
        .containsExactly("accepted y b.yml", "expired filter:f f.yml");
  }

  @Test
  void keepsTheLastGoodVersionOfABrokenFilter() {
    deliver(file("a.yml", "x"), filter("f.yml", "f", "x"));
    String broken = Rules.filterText("f", "x", "x").replace("not s", "not t");

    assertThat(deliver(file("a.yml", "x"), new RuleDocument("f.yml", broken)))
        .containsExactly("rejected filter:f f.yml, previous in force");
    assertThat(Content.read(inForce.documents()).rules().get(0).filters()).containsExactly("f");
  }

  @Test
  void warnsOfAFilterForARuleThatIsNotThereUntilItIs() {
    ContentReview review = review(file("a.yml", "x"), filter("f.yml", "f", "[x, y]"));

    assertThat(said(review)).containsExactly("accepted x a.yml", "accepted filter:f f.yml");
    assertThat(review.verdicts().get(1).warnings())
        .containsExactly("f.yml:5:14: the filter is for the rule 'y', which is not there");
    ContentReview later =
        review(file("a.yml", "x"), file("b.yml", "y"), filter("f.yml", "f", "[x, y]"));
    assertThat(said(later)).containsExactly("accepted y b.yml", "accepted filter:f f.yml");
    assertThat(later.verdicts().get(1).warnings()).isEmpty();
  }

  @Test
  void warnsOfAFilterWhoseLogSourceIsNotTheRules() {
    String elsewhere = Rules.filterText("f", "x", "x").replace("product: test", "product: linux");
    ContentReview review = review(file("a.yml", "x"), new RuleDocument("f.yml", elsewhere));

    assertThat(review.verdicts().get(1).warnings())
        .containsExactly(
            "f.yml:5:10: the filter is not added to the rule 'x': its log source test is none of"
                + " linux");
    String any = elsewhere.replace("rules: x", "rules: any");
    assertThat(Content.read(List.of(file("a.yml", "x"), new RuleDocument("f.yml", any))).warnings())
        .extracting(Issue::toString)
        .containsExactly(
            "f.yml:1:1: the filter is for any rule of the log source linux, and there is none");
  }

  @Test
  void rejectsTheSecondFilterWithAnIdButNotOneWithTheIdOfARule() {
    assertThat(deliver(file("a.yml", "x"), filter("b.yml", "x", "any"), filter("c.yml", "x", "x")))
        .containsExactly(
            "rejected file:c.yml c.yml", "accepted x a.yml", "accepted filter:x b.yml");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void leavesInForceWhatReadsTheSameByItself(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      review(randomFiles(random));
      Content again = Content.read(inForce.documents());
      assertThat(again.issues()).as("seed %d, delivery %d", seed, i).isEmpty();
      assertThat(again.inForce().bundle()).isEqualTo(inForce);
    }
  }

  private static RuleDocument[] randomFiles(Random random) {
    List<RuleDocument> files = new ArrayList<>();
    for (String path : List.of("a.yml", "b.yml", "c.yml", "d.yml")) {
      String name = List.of("A", "B", "C").get(random.nextInt(3));
      switch (random.nextInt(8)) {
        case 6 -> files.add(filter(path, name, "any"));
        case 0 -> files.add(file(path, name));
        case 1 -> files.add(broken(path, name));
        case 2 -> files.add(values(path, name, "v" + random.nextInt(2)));
        case 3 -> files.add(values(path, name));
        case 4 -> files.add(new RuleDocument(path, "]"));
        case 5 -> files.add(expanding(path, name, List.of("A", "B").get(random.nextInt(2))));
        default -> {}
      }
    }
    return files.toArray(RuleDocument[]::new);
  }

  private List<String> deliver(RuleDocument... documents) {
    return said(review(documents));
  }

  private ContentReview review(RuleDocument... documents) {
    RuleBundle delivered = bundle(documents);
    ContentReview review = ContentReview.of(delivered, before, inForce);
    before = delivered;
    inForce = review.effective();
    return review;
  }

  private static List<String> said(ContentReview review) {
    return review.verdicts().stream().map(ContentReviewTest::said).toList();
  }

  private static String said(RuleVerdict verdict) {
    return "%s %s %s%s"
        .formatted(
            verdict.status().wireName(),
            verdict.key(),
            verdict.file(),
            verdict.previousInForce() ? ", previous in force" : "");
  }

  private static RuleBundle bundle(RuleDocument... documents) {
    return new RuleBundle(List.of(documents));
  }
}
