package dev.lockstep.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.program.MatchResult;
import dev.lockstep.program.NaiveProgram;
import dev.lockstep.program.RuleProgram;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one event costs one thread. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 5, time = 1)
public class JudgementBenchmark {
  private static final String CUSTOMER = "acme";

  /** The yardstick: what a program pays that only wants to look at an event. */
  @Benchmark
  public JsonNode tree(LaneEvents events, Jackson jackson) throws IOException {
    return jackson.mapper.readTree(events.next());
  }

  @Benchmark
  public Map<Integer, Map<String, String>> fullScan(LaneEvents events, FullScan scan)
      throws Exception {
    return scan.program.match(events.next(), CUSTOMER);
  }

  @Benchmark
  public MatchResult judge(LaneEvents events, Rules rules) throws Exception {
    return rules.program.judge(events.next(), CUSTOMER);
  }

  @Benchmark
  public MatchResult judgeByLogsource(LaneEvents events, RulesByLogsource rules) throws Exception {
    return rules.program.judge(events.next(), CUSTOMER);
  }

  /** Jackson as it comes. */
  @State(Scope.Benchmark)
  public static class Jackson {
    private final ObjectMapper mapper = new ObjectMapper();
  }

  /** Every rule evaluated on every event, by the oracle of the tests. */
  @State(Scope.Benchmark)
  public static class FullScan {
    private NaiveProgram program = new NaiveProgram(List.of());

    @Setup
    public void compile() throws IOException {
      program = new NaiveProgram(RuleSets.ofSize(RuleSets.ALL));
    }
  }

  /** Rules that take every event for one of theirs. */
  @State(Scope.Benchmark)
  public static class Rules {
    @Param({"10", "100", "1000", RuleSets.ALL, "30000"})
    public String size = "";

    private RuleProgram program = RuleProgram.compile(List.of());

    @Setup
    public void compile() throws IOException {
      program = RuleProgram.compile(RuleSets.ofSize(size));
    }
  }

  /** All rules, each for the events of its log source. */
  @State(Scope.Benchmark)
  public static class RulesByLogsource {
    private RuleProgram program = RuleProgram.compile(List.of());

    @Setup
    public void compile() throws IOException {
      program = RuleProgram.compile(RuleSets.byLogsource(RuleSets.ofSize(RuleSets.ALL)));
    }
  }
}
