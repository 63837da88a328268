package dev.lockstep.cli;

import dev.lockstep.coverage.Ratio;
import dev.lockstep.coverage.RuleCoverage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep rules test}. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the tests beside the rules: of NAME.yml the cases in NAME.test.yml.",
      "A test file that names a mapping is run with that one, whatever is given here.",
      "Exit code 1 if any case fails or cannot be judged, or the coverage is too low."
    })
final class RulesTestCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Rule files, test files, or folders of them.")
  private List<Path> paths = List.of();

  @Mixin private PlaceholderOption placeholders = new PlaceholderOption();

  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Write the result as JUnit XML, too.")
  private @Nullable Path junit;

  @Option(
      names = "--coverage",
      description = {
        "Tell which parts of the rules no case makes true, and which none makes false: search"
            + " identifiers, fields and each of their values, and the rules as a whole."
      })
  private boolean coverage;

  @Option(
      names = "--min-coverage",
      paramLabel = "PERCENT",
      description = "End with 1 if less of all parts is covered; implies --coverage.")
  private @Nullable Double minCoverage;

  @Mixin private MappingOption mapping = new MappingOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (minCoverage != null && !(minCoverage >= 0 && minCoverage <= 100)) {
      throw CommandFailure.ofInput("--min-coverage must be 0 to 100, was " + minCoverage);
    }
    RulePaths content = RulePaths.read(paths, placeholders);
    if (content.tests().isEmpty()) {
      throw CommandFailure.ofInput("there are rules but no tests (*.test.yml) below " + paths);
    }
    RuleTestRun run =
        coverage || minCoverage != null
            ? RuleTestRun.withCoverage(content, mapping.read())
            : RuleTestRun.of(content, mapping.read());
    if (junit != null) {
      JunitXml.write(run, junit);
    }
    PrintWriter out = spec.commandLine().getOut();
    switch (format.chosen()) {
      case TEXT -> new RuleTestText(out, spec.commandLine().getColorScheme().ansi()).print(run);
      case JSON -> RuleTestJson.print(run, out);
    }
    PrintWriter err = spec.commandLine().getErr();
    run.untested(content)
        .forEach(rule -> err.println("lockstep: " + rule.path() + " has no tests"));
    return run.passed() && isCovered(run, err) ? ExitCode.GOOD : ExitCode.ANSWER_IS_NO;
  }

  private boolean isCovered(RuleTestRun run, PrintWriter err) {
    if (minCoverage == null) {
      return true;
    }
    Ratio ratio = RuleCoverage.ratio(run.coverage().orElse(List.of()));
    if (ratio.isAtLeast(minCoverage)) {
      return true;
    }
    err.printf(
        "lockstep: the coverage is %.1f %%, and should be at least %s %%%n",
        ratio.percent(), minCoverage);
    return false;
  }
}
