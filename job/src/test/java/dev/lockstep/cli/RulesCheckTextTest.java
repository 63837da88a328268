package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.content.Content;
import dev.lockstep.content.RuleDocument;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RulesCheckTextTest {
  private static final String RULE =
      """
      title: t
      logsource: { product: test }
      detection:
        s: { 'a😀\u0007|contain': x }
        condition: s
      """;

  @Test
  void onATerminalTheOffendingLineFollowsWithACaretUnderTheColumn() {
    List<String> lines = printed(RULE, true).lines().toList();

    assertThat(lines.get(0)).startsWith("r.yml:4:");
    int column = Integer.parseInt(lines.get(0).replaceFirst("r.yml:4:([0-9]+):.*", "$1"));
    assertThat(plain(lines.get(1))).startsWith("    4 │   s: { 'a").contains(" |contain': x }");
    assertThat(plain(lines.get(2))).isEqualTo("      │ " + " ".repeat(column - 1) + "^");
  }

  @Test
  void elsewhereEachIssueIsOneLine() {
    assertThat(printed(RULE, false).lines()).hasSize(2).first().asString().startsWith("r.yml:4:");
  }

  @Test
  void ofALongLineThePartAroundTheColumnIsShown() {
    String rule = RULE.replace("s: {", "s: { " + "f".repeat(500) + ": x, ");

    List<String> lines = printed(rule, true).lines().toList();

    assertThat(plain(lines.get(1)).length()).isLessThan(120);
    assertThat(plain(lines.get(2))).isEqualTo("      │ " + " ".repeat(70) + "^");
  }

  private static String plain(String line) {
    return line.replaceAll("\u001b\\[[0-9]*m", "");
  }

  private static String printed(String rule, boolean terminal) {
    StringWriter text = new StringWriter();
    Content content = Content.read(List.of(new RuleDocument("r.yml", rule)));
    new RulesCheckText(new PrintWriter(text), new Colours(terminal)).print(content);
    return text.toString();
  }
}
