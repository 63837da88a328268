package dev.lockstep.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BundleDiffTest {

  @Test
  void equalBundlesDoNotDiffer() {
    assertThat(changes(List.of(Rules.file("a.yml", "x")), List.of(Rules.file("a.yml", "x"))))
        .isEmpty();
  }

  @Test
  void tellsWhatBecameOfEachRule() {
    RuleDocument cosmetic = Rules.file("d.yml", "d");

    assertThat(
            changes(
                List.of(
                    Rules.file("a.yml", "a"),
                    Rules.file("b.yml", "b"),
                    Rules.file("c.yml", "c"),
                    cosmetic),
                List.of(
                    Rules.file("b.yml", "b"),
                    Rules.file("c.yml", "c", "other"),
                    new RuleDocument("d.yml", cosmetic.text().replace("Rule d", "Better d")),
                    Rules.file("e.yml", "e"))))
        .containsExactly("SEMANTIC c", "COSMETIC d", "ADDED e", "REMOVED a");
  }

  @Test
  void aRuleThatMovesToAnotherFileIsTheSameRule() {
    assertThat(changes(List.of(Rules.file("a.yml", "x")), List.of(Rules.file("b.yml", "x"))))
        .containsExactly("COSMETIC x");
  }

  @Test
  void aNewFilterChangesTheRulesThatItIsAddedTo() {
    List<RuleDocument> rules = List.of(Rules.file("a.yml", "x"), Rules.file("b.yml", "y"));

    assertThat(
            changes(rules, List.of(rules.get(0), rules.get(1), Rules.filter("f.yml", "f", "[x]"))))
        .containsExactly("SEMANTIC x");
  }

  @Test
  void changedValuesChangeTheRulesThatAreWrittenWithThem() {
    RuleDocument rule = Rules.expanding("a.yml", "x", "servers");

    assertThat(
            changes(
                List.of(rule, Rules.values("v.yml", "servers", "one")),
                List.of(rule, Rules.values("v.yml", "servers", "one", "two"))))
        .containsExactly("SEMANTIC x");
  }

  @Test
  void countsRulesAndKinds() {
    BundleDiff diff =
        BundleDiff.of(
            manifest(List.of(Rules.file("a.yml", "a"), Rules.file("b.yml", "b"))),
            manifest(List.of(Rules.file("b.yml", "b"))));

    assertThat(diff.before()).isEqualTo(2);
    assertThat(diff.after()).isEqualTo(1);
    assertThat(diff.count(BundleDiff.Kind.REMOVED)).isEqualTo(1);
    assertThat(diff.count(BundleDiff.Kind.ADDED)).isZero();
  }

  private static List<String> changes(List<RuleDocument> before, List<RuleDocument> after) {
    return BundleDiff.of(manifest(before), manifest(after)).changes().stream()
        .map(change -> change.kind() + " " + change.rule().id())
        .toList();
  }

  private static BundleManifest manifest(List<RuleDocument> documents) {
    return BundleManifest.of("rules", new RuleBundle(documents), null, null);
  }
}
