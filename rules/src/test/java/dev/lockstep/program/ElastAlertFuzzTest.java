package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.elastalert.ElastAlertFile;
import dev.lockstep.elastalert.ElastAlertImport;
import dev.lockstep.elastalert.ImportSettings;
import dev.lockstep.elastalert.ImportedRule;
import dev.lockstep.elastalert.Remark;
import dev.lockstep.sigma.ParsedDocuments;
import dev.lockstep.sigma.SigmaParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** However broken a rule of ElastAlert is, it is refused or becomes content without issues. */
final class ElastAlertFuzzTest {
  private static final Path CASES = Path.of("src/test/resources/dev/lockstep/elastalert");
  private static final int USUAL_COUNT = 4000;
  private static final List<String> TOKENS =
      List.of(
          "a:",
          "b.keyword:",
          "message:",
          "_exists_:",
          "x",
          "y*",
          "*",
          "?",
          "\"p q\"",
          "/r+/",
          "[1 TO 5]",
          "{* TO 2}",
          "[",
          "]",
          "{",
          "}",
          "(",
          ")",
          "(",
          ")",
          " AND ",
          " OR ",
          " NOT ",
          " && ",
          " || ",
          "!",
          "+",
          "-",
          "~",
          "~2",
          "^3",
          ":",
          "\\",
          "\\*",
          "\"",
          "/",
          ">",
          ">=5",
          "<",
          "TO",
          " ",
          "\t",
          "5",
          "true",
          "10.0.0.0/8",
          "*:*",
          "\u00e9",
          "\\u0041",
          "@",
          "#",
          "'");

  @Test
  void everyMutatedRuleIsRefusedOrGood() throws Exception {
    new FuzzRun<>("rules of ElastAlert", USUAL_COUNT, new MutatedRule(seeds())).run();
  }

  @Test
  void everyQueryIsRefusedOrGood() throws Exception {
    new FuzzRun<>("queries of Lucene", USUAL_COUNT, new RandomQuery()).run();
  }

  private static List<String> seeds() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      List<Path> rules = files.filter(it -> it.toString().endsWith(".yaml")).sorted().toList();
      List<String> seeds = new ArrayList<>();
      for (Path rule : rules) {
        seeds.add(Files.readString(rule, UTF_8));
      }
      return seeds;
    }
  }

  private static boolean check(String rule) {
    ImportedRule imported =
        ElastAlertImport.of(
                List.of(new ElastAlertFile("fuzz.yaml", "fuzz.yaml", rule)),
                (file, list) -> list.isEmpty() ? Optional.empty() : Optional.of(rule),
                new ImportSettings(Map.of(), ImportSettings.USUAL_TEXT_FIELDS))
            .get(0);
    for (Remark remark : imported.remarks()) {
      if (remark.line() < 1 || remark.column() < 1 || remark.message().isEmpty()) {
        throw new AssertionError(remark);
      }
    }
    if (imported.text().isEmpty() && imported.remarks().isEmpty()) {
      throw new AssertionError("nothing is said of a rule that is not written");
    }
    if (imported.text().isPresent()) {
      ParsedDocuments parsed = SigmaParser.parse("fuzz.yml", imported.text().get());
      if (!parsed.issues().isEmpty()) {
        throw new AssertionError(parsed.issues() + "\n" + imported.text().get());
      }
    }
    return imported.text().isPresent();
  }

  /** Counts how many inputs came over. */
  private abstract static class Counted implements FuzzRun.Subject<String> {
    private long good;
    private long all;

    @Override
    public void check(String input, RandomGenerator random) {
      all++;
      good += ElastAlertFuzzTest.check(ruleOf(input)) ? 1 : 0;
    }

    abstract String ruleOf(String input);

    @Override
    public byte[] bytesOf(String input) {
      return input.getBytes(UTF_8);
    }

    @Override
    public String toString() {
      return "%d of %d were good".formatted(good, all);
    }
  }

  private static final class MutatedRule extends Counted {
    private final List<String> seeds;
    private final TextMutator mutator;

    MutatedRule(List<String> seeds) {
      this.seeds = seeds;
      this.mutator = new TextMutator(seeds);
    }

    @Override
    public String make(RandomGenerator random) {
      return mutator.mutate(seeds.get(random.nextInt(seeds.size())), random);
    }

    @Override
    String ruleOf(String input) {
      return input;
    }
  }

  private static final class RandomQuery extends Counted {
    @Override
    public String make(RandomGenerator random) {
      return random
          .ints(1 + random.nextInt(random.nextInt(50) == 0 ? 3000 : 12), 0, TOKENS.size())
          .mapToObj(TOKENS::get)
          .collect(Collectors.joining());
    }

    @Override
    String ruleOf(String input) {
      return "type: any\nindex: i\nfilter:\n- query_string:\n    query: '%s'\n"
          .formatted(input.replace("'", "''"));
    }
  }
}
