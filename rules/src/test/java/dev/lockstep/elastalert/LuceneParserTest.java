package dev.lockstep.elastalert;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LuceneParserTest {

  /** The second column is what is asked, {@code &} and {@code |} and {@code !} between brackets. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "a:x → a=x",
        "a: x → a=x",
        "a:\"x y\" → a=x y",
        "a:\"x \\\" y\" → a=x \" y",
        "a:x\\ y → a=x y",
        "a:\\u0041 → a=A",
        "a:x* → a|startswith=x",
        "a:*x → a|endswith=x",
        "a:*x* → a|contains=x",
        "a:x*y? → a=x*y?",
        "a:x\\*y → a=x\\*y",
        "a:x\\\\* → a|startswith=x\\",
        "a:x\\\\y → a=x\\y",
        "a:* → a|neq=null",
        "_exists_:a.b → a.b|neq=null",
        "a.keyword:Xy → a|cased=Xy",
        "a.keyword:X* → a|startswith|cased=X",
        "a:5 → a=5#",
        "a:\"5\" → a=5#",
        "a:05 → a=05",
        "a:true → a=true#",
        "a:\"10.0.0.0/8\" → a|cidr=10.0.0.0/8",
        "a:fe80\\:\\:\\/10 → a|cidr=fe80::/10",
        "a:>5 → a|gt=5#",
        "a:>=5 → a|gte=5#",
        "a:<-5.5 → a|lt=-5.5#",
        "a:<=5 → a|lte=5#",
        "a:[1 TO 5] → (a|gte=1# & a|lte=5#)",
        "a:{1 TO 5} → (a|gt=1# & a|lt=5#)",
        "a:[1 TO 5} → (a|gte=1# & a|lt=5#)",
        "a:[* TO 5] → a|lte=5#",
        "a:[\"1\" TO *] → a|gte=1#",
        "a:[* TO *] → a|neq=null",
        "a:/x.y+/ → a|re|s=^(?:x.y+)$",
        "a:/x\\/y/ → a|re|s=^(?:x/y)$",
        "message:x → message|contains=x",
        "message:x* → message|contains=x",
        "message:\"x y\" → message|contains=x y",
        "message:404 → message|contains=404",
        "x → =x",
        "x* → =x",
        "*:* → everything",
        "* → everything",
        "a:x^2 → a=x",
        "(a:x b:y)^1.5 → (a=x | b=y)",
        "a:x b:y → (a=x | b=y)",
        "a:x OR b:y → (a=x | b=y)",
        "a:x || b:y → (a=x | b=y)",
        "a:x AND b:y → (a=x & b=y)",
        "a:x && b:y → (a=x & b=y)",
        "a:x OR a:y → a=x,y",
        "a:(x y \"z w\") → a=x,y,z w",
        "a:(x AND y*) → (a=x & a|startswith=y)",
        "a:(>=5 AND <7) → (a|gte=5# & a|lt=7#)",
        "NOT a:x → !a=x",
        "-a:x → !a=x",
        "!a:x → !a=x",
        "- a:x → !a=x",
        "NOT _exists_:a → a=null",
        "a:x AND NOT b:y → (a=x & !b=y)",
        "a:x NOT b:y → (a=x & !b=y)",
        "a:x OR NOT b:y → (a=x & !b=y)",
        "+a:x b:y → a=x",
        "a:x OR b:y AND c:z → (b=y & c=z)",
        "a:x AND b:y OR c:z → (a=x & b=y)",
        "(a:x OR b:y) AND c:z → ((a=x | b=y) & c=z)",
        "a:x AND (NOT b:y) → (a=x & !b=y)",
        "NOT (a:x OR b:y) → !(a=x | b=y)",
        "a:x-y+z → a=x-y+z",
        "a:ANDROID OR NOTa:x → (a=ANDROID | NOTa=x)",
      })
  void readsWhatElasticsearchReads(String query, String asked) {
    assertThat(shown(parse(query, false, new ArrayList<>()))).isEqualTo(asked);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "a:x b:y → (a=x & b=y)",
        "a:x OR b:y → (a=x | b=y)",
        "a:x b:y OR c:z → a=x",
        "a:x -b:y → (a=x & !b=y)",
        "a:(x y) → (a=x & a=y)",
      })
  void withAndAsTheDefaultOperatorClausesAreRequired(String query, String asked) {
    assertThat(shown(parse(query, true, new ArrayList<>()))).isEqualTo(asked);
  }

  @Test
  void saysWhichClausesDecideNothing() {
    List<Integer> ignored = new ArrayList<>();

    parse("a:x OR b:y AND (c:z OR d:w AND e:v)", false, ignored);

    assertThat(ignored).containsExactlyInAnyOrder(0, 16);
  }

  @Test
  void looksForTermsWithoutFieldInTheDefaultFields() {
    LuceneQuery query = new LuceneQuery("x AND b:y", false, List.of("a", "c"));

    Filter filter = LuceneParser.parse(query, new FieldTests(Set.of()), new ArrayList<>());

    assertThat(shown(filter)).isEqualTo("((a=x | c=x) & b=y)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '\0',
      value = {
        "a:\"x → 2 → not closed",
        "a:/x → 2 → not closed",
        "(a:x → 0 → not closed",
        "a:x) → 3 → nothing that this ')' closes",
        "a:[1 TO 5 → 2 → not closed",
        "a:[1 5] → 2 → written [1 TO 5]",
        "a:[x TO y] → 2 → 'x' is no number",
        "a:>x → 2 → 'x' is no number",
        "[1 TO 5] → 0 → needs a field",
        "/x/ → 0 → needs a field",
        ">5 → 0 → needs a field",
        "a:b:c → 3 → a field inside of the field 'a'",
        "a:x~ → 0 → '~'",
        "a:\"x y\"~3 → 0 → '~'",
        "AND a:x → 0 → nothing before this operator",
        "a:x AND → 7 → a term is expected here, not the end",
        "a:x AND OR b:y → 8 → not an operator",
        "NOT NOT a:x → 4 → not an operator",
        "a: → 2 → a term is expected here, not the end",
        "a:] → 2 → not ']'",
        "() → 1 → asks for nothing",
        "a:x\\ → 3 → escapes nothing",
        "a*:x → 0 → several fields",
        "_index:x → 7 → Elasticsearch's own",
        "a:/x@/ → 2 → '@' is an operator",
        "a:/[x/ → 2 → '[' is not closed",
        "message:/x/ → 8 → text field 'message'",
        "\"a\":x → 0 → without quotes",
        "\"\" → 0 → an empty text",
      })
  void saysWhereAQueryIsWrong(String query, int offset, String problem) {
    FilterFault fault =
        catchThrowableOfType(FilterFault.class, () -> parse(query, false, new ArrayList<>()));

    assertThat(fault.problem()).contains(problem);
    assertThat(fault.offset()).isEqualTo(offset);
  }

  @Test
  void anEmptyQueryAsksForNothing() {
    assertThatThrownBy(() -> parse("  ", false, new ArrayList<>()))
        .hasMessageContaining("asks for nothing");
  }

  @Test
  void nestsSoDeepAndNoDeeper() {
    assertThat(shown(parse("(".repeat(30) + "a:x" + ")".repeat(30), false, new ArrayList<>())))
        .isEqualTo("a=x");
    assertThatThrownBy(() -> parse("(".repeat(100_000) + "a:x", false, new ArrayList<>()))
        .hasMessageContaining("nested deeper than 30");
  }

  private static Filter parse(String query, boolean requiredByDefault, List<Integer> ignored) {
    return LuceneParser.parse(
        new LuceneQuery(query, requiredByDefault, List.of()),
        new FieldTests(ImportSettings.USUAL_TEXT_FIELDS),
        ignored);
  }

  private static String shown(Filter filter) {
    if (filter instanceof Filter.All all) {
      return all.parts().stream().map(LuceneParserTest::shown).collect(joining(" & ", "(", ")"));
    }
    if (filter instanceof Filter.Any any) {
      return any.parts().stream().map(LuceneParserTest::shown).collect(joining(" | ", "(", ")"));
    }
    if (filter instanceof Filter.Not not) {
      return "!" + shown(not.part());
    }
    if (filter instanceof Filter.Test test) {
      return test.key()
          + "="
          + test.values().stream().map(LuceneParserTest::shown).collect(joining(","));
    }
    return "everything";
  }

  private static String shown(Value value) {
    boolean unquoted = value.kind() == Value.Kind.OTHER && !value.equals(Value.NULL);
    return value.text() + (unquoted ? "#" : "");
  }
}
