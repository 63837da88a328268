package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.content.Content;
import dev.lockstep.content.RuleDocument;
import dev.lockstep.mapping.FieldMapping;
import dev.lockstep.mapping.MappingDocument;
import dev.lockstep.mapping.ParsedMapping;
import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.SigmaRule;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * However broken a document is, there is a list of issues or there are rules that can be judged: no
 * exception, no hang, no great memory.
 */
class DocumentFuzzTest {
  private static final int USUAL_COUNT = 10_000;
  private static final List<byte[]> EVENTS =
      List.of(
          bytes("{}"),
          bytes(
              "{\"Image\":\"C:\\\\x\\\\cmd.exe\",\"CommandLine\":\"cmd -enc -w /a evil\",\"User\":null,"
                  + "\"EventID\":1,\"Channel\":\"Microsoft-Windows-Sysmon/Operational\",\"a\":[\"root\","
                  + "1e400,true],\"n\":\"-0\",\"ip\":\"10.1.2.3\",\"t\":\"2024-03-12T23:05:06Z\","
                  + "\"Parent\":{\"Image\":\"C:\\\\Win\"},\"kind\":\"process\"}"),
          bytes(
              "{\"data\":{\"a\":\"\uD83D\uDE00\u212A\"},\"a\":{\"b\":[{\"c\":1},{\"c\":[null,\"two\"]}]},"
                  + "\"a.b\":\"one two threee\",\"u\":17000000000,\"p\":\"1.0\",\"q\":1,\"\":\"\"}"));

  @Test
  void everyMutatedContentFileIsRefusedOrJudged() throws Exception {
    new FuzzRun<>("content documents", USUAL_COUNT, new MutatedContent()).run();
  }

  @Test
  void everyMutatedMappingIsRefusedOrApplied() throws Exception {
    new FuzzRun<>("mapping documents", USUAL_COUNT / 5, new MutatedMapping()).run();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static void checkPlaces(List<Issue> issues) {
    for (Issue issue : issues) {
      if (issue.file().isEmpty() || issue.line() < 1 || issue.column() < 1) {
        throw new AssertionError(issue);
      }
    }
  }

  private static void judge(List<SigmaRule> rules) throws Exception {
    if (rules.isEmpty()) {
      return;
    }
    RuleProgram program = RuleProgram.compile(rules);
    for (byte[] event : EVENTS) {
      MatchResult result = program.judge(event, "acme");
      if (!result.faults().isEmpty()) {
        throw new AssertionError("a rule failed", result.faults().get(0).cause());
      }
    }
  }

  /** Texts as documents, and how many of them were good. */
  private abstract static class Mutated implements FuzzRun.Subject<String> {
    private final List<String> seeds;
    private final TextMutator mutator;
    private long good;
    private long all;

    Mutated(List<String> seeds) {
      this.seeds = seeds;
      this.mutator = new TextMutator(seeds);
    }

    @Override
    public String make(RandomGenerator random) {
      return mutator.mutate(seeds.get(random.nextInt(seeds.size())), random);
    }

    @Override
    public byte[] bytesOf(String input) {
      return bytes(input);
    }

    void count(boolean isGood) {
      all++;
      good += isGood ? 1 : 0;
    }

    @Override
    public String toString() {
      return "%d of %d were good".formatted(good, all);
    }
  }

  private static final class MutatedContent extends Mutated {
    private final List<FieldMapping> mappings = new ArrayList<>();

    MutatedContent() throws Exception {
      super(DocumentSeeds.content());
      for (String text : DocumentSeeds.mappings()) {
        mappings.add(FieldMapping.NONE);
        mappings.add(FieldMapping.parse(List.of(new MappingDocument("m", text))).mapping());
      }
    }

    @Override
    public void check(String input, RandomGenerator random) throws Exception {
      List<RuleDocument> documents = new ArrayList<>();
      documents.add(new RuleDocument("fuzz.yml", input));
      if (random.nextBoolean()) {
        documents.add(new RuleDocument("values.yml", DocumentSeeds.VALUES));
      }
      Content content = Content.read(documents);
      checkPlaces(content.warnings());
      checkPlaces(content.issues());
      List<SigmaRule> rules = content.rules();
      count(content.issues().isEmpty());
      judge(mappings.get(random.nextInt(mappings.size())).apply(rules));
    }
  }

  private static final class MutatedMapping extends Mutated {
    private final List<SigmaRule> rules;

    MutatedMapping() throws Exception {
      super(DocumentSeeds.mappings());
      List<RuleDocument> documents = new ArrayList<>();
      documents.add(new RuleDocument("values.yml", DocumentSeeds.VALUES));
      documents.add(new RuleDocument("everything.yml", DocumentSeeds.EVERYTHING));
      this.rules = Content.read(documents).rules();
    }

    @Override
    public void check(String input, RandomGenerator random) throws Exception {
      ParsedMapping parsed = FieldMapping.parse(List.of(new MappingDocument("fuzz.yml", input)));
      count(parsed.issues().isEmpty());
      checkPlaces(parsed.issues());
      parsed.mapping().uncovered(rules);
      if (parsed.issues().isEmpty()) {
        judge(parsed.mapping().apply(rules));
      }
    }
  }
}
