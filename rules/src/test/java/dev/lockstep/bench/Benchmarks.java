package dev.lockstep.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.program.Corpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.opentest4j.TestAbortedException;

/** Runs all benchmarks and writes what they found as Markdown. */
final class Benchmarks {
  private Benchmarks() {}

  /** Takes the file to write, and then options of JMH, which go before those of the benchmarks. */
  public static void main(String[] arguments) throws Exception {
    try {
      Corpus.path("lanes");
      Corpus.path("sigmahq");
    } catch (TestAbortedException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
    String[] options = Arrays.copyOfRange(arguments, 1, arguments.length);
    System.out.println("Measuring memory …");
    String start = String.join("\n", Machine.describe(), LaneFacts.measure(), Memory.measure());
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .parent(new CommandLineOptions(options))
                    .addProfiler(GCProfiler.class)
                    .build())
            .run();
    String report = String.join("\n", start, Report.load(results), Report.judgement(results));
    Path file = Path.of(arguments[0]);
    Files.writeString(file, report, UTF_8);
    System.out.println("\n" + report + "\nThis is also in " + file);
  }
}
