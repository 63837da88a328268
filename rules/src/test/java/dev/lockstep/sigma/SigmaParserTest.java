package dev.lockstep.sigma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigmaParserTest {
  private static final String RULE =
      """
      # a comment before the rule
      title: Whoami
      id: 929a690e-bef0-4204-a928-ef5e620d6fcc
      name: whoami
      status: test
      level: high
      tags: [attack.t1033]
      logsource: {product: windows, category: process_creation}
      detection:
          selection:
              Image|endswith: '\\whoami.exe'
          condition: selection
      references: [https://example.org]
      score: 7
      lockstep:
          stage: shadow
          customers: {only: [acme, globex]}
      """;

  private static SigmaRule rule(String text) {
    ParsedDocuments parsed = SigmaParser.parse("rule.yml", text);
    assertThat(parsed.issues()).isEmpty();
    assertThat(parsed.rules()).hasSize(1);
    return parsed.rules().get(0);
  }

  @Test
  void keepsWhatARuleSaysOfItself() {
    SigmaRule rule = rule(RULE);
    assertThat(rule.id()).isEqualTo("929a690e-bef0-4204-a928-ef5e620d6fcc");
    assertThat(rule.title()).isEqualTo("Whoami");
    assertThat(rule.status()).isEqualTo(RuleStatus.TEST);
    assertThat(rule.level()).isEqualTo(RuleLevel.HIGH);
    assertThat(rule.tags()).containsExactly("attack.t1033");
    assertThat(rule.logsource().label()).isEqualTo("windows/process_creation");
    assertThat(rule.stage()).isEqualTo(RuleStage.SHADOW);
    assertThat(rule.position()).isEqualTo(new Position(2, 1));
    assertThat(rule.attributes())
        .containsEntry("references", List.of("https://example.org"))
        .containsEntry("score", new BigDecimal(7))
        .containsEntry("logsource", Map.of("product", "windows", "category", "process_creation"))
        .containsKey("lockstep");
    assertThat(rule.attributes().get("lockstep"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsKey("stage");
  }

  @Test
  void appliesToTheCustomersOfItsScope() {
    SigmaRule only = rule(RULE);
    assertThat(only.appliesTo("acme")).isTrue();
    assertThat(only.appliesTo("Acme")).isFalse();
    SigmaRule except = rule(RULE.replace("only:", "except:"));
    assertThat(except.appliesTo("acme")).isFalse();
    assertThat(except.appliesTo("initech")).isTrue();
    assertThat(rule(RULE.substring(0, RULE.indexOf("lockstep"))).appliesTo("anyone")).isTrue();
  }

  @Test
  void takesTheIdElseTheNameElseTheTitleAsKey() {
    String withoutId = RULE.replaceFirst("id: .*\n", "");
    assertThat(rule(withoutId).id()).isEqualTo("whoami");
    assertThat(rule(withoutId.replaceFirst("name: .*\n", "")).id()).isEqualTo("Whoami");
  }

  @Test
  void hashesTheTextOfItsOwnDocumentWhateverTheLineEndings() {
    String hash = rule(RULE).contentHash();
    assertThat(hash).matches("[0-9a-f]{16}");
    assertThat(rule(RULE.replace("\n", "\r\n")).contentHash()).isEqualTo(hash);
    assertThat(rule(RULE + "\n\n").contentHash()).isEqualTo(hash);
    assertThat(rule("\uFEFF" + RULE).contentHash()).isEqualTo(hash);
    assertThat(rule(RULE.replace("whoami.exe", "whoami2.exe")).contentHash()).isNotEqualTo(hash);

    String other = RULE.replaceFirst("id: .*\n", "id: other\n");
    List<SigmaRule> both = SigmaParser.parse("f", RULE + "---\n" + other).rules();
    assertThat(both).extracting(SigmaRule::contentHash).startsWith(hash).doesNotHaveDuplicates();
    assertThat(both.get(1).contentHash()).isEqualTo(rule(other).contentHash());
  }

  @Test
  void readsScalarsAsYaml12SoThatHexAndYesStayText() {
    SigmaRule rule =
        rule(
            """
            title: t
            logsource: {product: x}
            detection:
              s:
                a: 0x17
                b: yes
                c: 010
                d: '8'
                e: 8
                f: True
                g: ~
                h: !!str 9
              condition: s
            """);
    assertThat(rule.detections())
        .containsEntry(
            "s",
            new Detection.AllOf(
                List.of(
                    new Detection.Field("a", like("0x17")),
                    new Detection.Field("b", like("yes")),
                    new Detection.Field("c", like("010")),
                    new Detection.Field("d", like("8")),
                    new Detection.Field("e", new ValueTest.EqualNumber(new BigDecimal("8"))),
                    new Detection.Field("f", new ValueTest.EqualTruth(true)),
                    new Detection.Field("g", new ValueTest.IsNull()),
                    new Detection.Field("h", like("9")))));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void neverThrowsOverDamagedText(long seed) {
    Random random = new Random(seed);
    String damage = "|*?\\:-[]{}'\"&!~%#\n\t ()\0<>,01";
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder(RULE);
      for (int j = random.nextInt(6); j >= 0; j--) {
        int at = random.nextInt(text.length());
        text.replace(
            at,
            Math.min(text.length(), at + random.nextInt(3)),
            String.valueOf(damage.charAt(random.nextInt(damage.length()))));
      }
      assertThatCode(() -> SigmaParser.parse("f", text.toString()))
          .as("seed %d, text %d", seed, i)
          .doesNotThrowAnyException();
    }
  }

  private static ValueTest like(String text) {
    return new ValueTest.Like(TextPattern.literal(text), false);
  }
}
