package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.content.RuleTestReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

final class RuleTestTextTest {

  @Test
  void coloursTheVerdictAloneAndOnlyWhereColoursAreShown() {
    assertThat(printed(Ansi.ON)).startsWith("\u001B[32mpassed\u001B[39m\u001B[0m  @|red a|@.yml (");
    assertThat(printed(Ansi.OFF)).startsWith("passed  @|red a|@.yml (");
  }

  private static String printed(Ansi ansi) {
    StringWriter text = new StringWriter();
    RuleTestReport report = new RuleTestReport("@|red a|@.yml", List.of(), List.of());
    new RuleTestText(new PrintWriter(text), ansi)
        .print(new RuleTestRun(List.of(report), Optional.empty()));
    return text.toString();
  }
}
