package dev.lockstep.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RuleBundleTest {
  private static final RuleDocument A = new RuleDocument("a.yml", "title: Ä 🔒\n");
  private static final RuleDocument B = new RuleDocument("b/c.yml", "");

  @Test
  void hasTheVersionOfItsContentWhateverTheOrderOfItsDocuments() {
    RuleBundle bundle = new RuleBundle(List.of(A, B));
    RuleBundle turned = new RuleBundle(List.of(B, A));

    assertThat(turned).isEqualTo(bundle);
    assertThat(turned.version()).isEqualTo(bundle.version()).matches("[0-9a-f]{16}");
  }

  @Test
  void hasAnotherVersionWhenATextOrAPathIsAnother() {
    assertThat(
            List.of(
                versionOf(A),
                versionOf(B),
                versionOf(A, B),
                versionOf(new RuleDocument("a.yml", "title: B\n")),
                versionOf(new RuleDocument("b.yml", A.text())),
                versionOf(new RuleDocument("a.ymlt", "itle: Ä 🔒\n"))))
        .doesNotHaveDuplicates();
  }

  @Test
  void refusesAPathTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RuleBundle(List.of(A, B, new RuleDocument("a.yml", ""))))
        .withMessage("a bundle must not hold a path twice: a.yml");
  }

  private static String versionOf(RuleDocument... documents) {
    return new RuleBundle(List.of(documents)).version();
  }
}
