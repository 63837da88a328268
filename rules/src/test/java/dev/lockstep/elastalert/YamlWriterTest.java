package dev.lockstep.elastalert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sigma.Issues;
import dev.lockstep.sigma.YamlNode;
import dev.lockstep.sigma.YamlReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlWriterTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "",
        " ",
        "x ",
        " x",
        "5",
        "05",
        "-1",
        "1e5",
        "0x1F",
        "true",
        "No",
        "null",
        "~",
        "5m",
        "2026-01-31",
        "12:30:00",
        "a: b",
        "a:b",
        "a #b",
        "#a",
        "- a",
        "-",
        "a, b",
        "[a]",
        "{a",
        "a}",
        "'a'",
        "\"a\"",
        "a'b",
        "&a",
        "*a",
        "!a",
        "a!",
        "|",
        "a|b",
        ">",
        "%a",
        "@a",
        "`a",
        "?",
        "a?",
        "\\",
        "C:\\x",
        "a\nb",
        "a\n\nb",
        " a\nb",
        "a\n",
        "\n",
        "a\tb",
        "\u0000",
        "\u0085",
        "\u2028",
        "\uFEFFa",
        "é",
        "漢字",
        "\uD83D\uDE00",
        "(a)",
        "a)",
        ".",
        "..",
        "...",
        "---",
        "a: ",
        "=",
        "<<",
      })
  void whateverIsWrittenIsReadAgain(String text) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("a", text);
    document.put("b", Value.text(text));
    document.put("c", List.of(Value.text(text), "end"));
    document.put("d", new YamlWriter.Flow(Map.of("e", List.of(text, "end"))));
    document.put("f", List.of(Map.of("g" + text, text)));

    Issues issues = new Issues("test");
    String written = YamlWriter.write(document);
    YamlNode.Members read = (YamlNode.Members) YamlReader.read(written, issues).get(0).root();

    assertThat(issues.reported()).as(written).isEmpty();
    assertThat(textOf(member(read, "a"))).isEqualTo(text);
    assertThat(textOf(member(read, "b"))).isEqualTo(text);
    assertThat(textOf(((YamlNode.Items) member(read, "c")).nodes().get(0))).isEqualTo(text);
    YamlNode flow = member((YamlNode.Members) member(read, "d"), "e");
    assertThat(textOf(((YamlNode.Items) flow).nodes().get(0))).isEqualTo(text);
    YamlNode entry = ((YamlNode.Items) member(read, "f")).nodes().get(0);
    assertThat(textOf(member((YamlNode.Members) entry, "g" + text))).isEqualTo(text);
  }

  @Test
  void halfASurrogatePairIsReplaced() {
    assertThat(YamlWriter.write(Map.of("a", "\uD83D"))).isEqualTo("a: \"\\uFFFD\"\n");
  }

  private static YamlNode member(YamlNode.Members members, String name) {
    return members.member(name).orElseThrow().value();
  }

  private static String textOf(YamlNode node) {
    YamlNode.Scalar scalar = (YamlNode.Scalar) node;
    assertThat(scalar.type()).isEqualTo(YamlNode.ScalarType.TEXT);
    return scalar.text();
  }
}
