package dev.lockstep.bench;

import dev.lockstep.content.RuleDocument;
import dev.lockstep.program.RuleProgram;
import dev.lockstep.sigma.SigmaRule;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What all rules cost before the first event, from text in memory on. Nothing is warmed up: the
 * first iteration of a fork is the start of an engine, the last ones are changes of rules while it
 * runs.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 0)
@Measurement(iterations = 12)
@State(Scope.Benchmark)
public class LoadBenchmark {
  private List<RuleDocument> files = List.of();

  @Setup
  public void read() throws IOException {
    files = RuleSets.files();
  }

  @Benchmark
  public List<SigmaRule> parse() {
    return RuleSets.parse(files);
  }

  @Benchmark
  public RuleProgram parseAndCompile() {
    return RuleProgram.compile(RuleSets.parse(files));
  }
}
