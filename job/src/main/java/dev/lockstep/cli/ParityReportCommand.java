package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.cli.report.ReportPage;
import dev.lockstep.connector.launchdarkly.FlagRoutes;
import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep parity report}. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Writes what comparing two engines came to as one HTML page that needs no network: which"
          + " customers are ready for their next step and why not, which rules and fields differ"
          + " with examples side by side, and how both engines do.",
      "Exit code 0 when the page is written, whatever it says."
    })
final class ParityReportCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "parity.html",
      description = "The file to write (default: ${DEFAULT-VALUE}); - is standard output.")
  private String output = "";

  @Mixin private MigrationOptions migrating = new MigrationOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    LockstepConfig config = migrating.config();
    PrintWriter err = spec.commandLine().getErr();
    MigrationRecords records = MigrationAccess.records(config, migrating, err);
    Instant now = Instant.now();
    List<String> notes = new ArrayList<>();
    if (records.unreadable() > 0) {
      notes.add(
          Amount.of(records.unreadable(), "record")
              + " of the topics cannot be read and is left out");
    }
    String page;
    try (FlagRoutes routes = routes(config, notes)) {
      Migration migration = MigrationAccess.migration(migrating, records, routes, now);
      page =
          ReportPage.of(
              new ReportAssembly(records, migration, migrating.customers()).at(now, notes));
    }
    write(page);
    return ExitCode.GOOD;
  }

  /** A report is worth having without flags, too. */
  private @Nullable FlagRoutes routes(LockstepConfig config, List<String> notes) {
    try {
      return MigrationAccess.routes(migrating.flags(config), migrating, null);
    } catch (CommandFailure e) {
      notes.add("stages are not known: " + e.getMessage());
      return null;
    }
  }

  private void write(String page) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.equals(STANDARD_OUTPUT)) {
      out.print(page);
      out.flush();
      return;
    }
    try {
      Files.writeString(Path.of(output), page, UTF_8);
      out.println("Wrote " + output + ".");
    } catch (IOException e) {
      throw CommandFailure.ofInput("cannot write " + output + ": " + e);
    }
  }
}
