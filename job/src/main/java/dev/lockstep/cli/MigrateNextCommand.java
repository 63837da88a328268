package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.cli.Migration.Place;
import dev.lockstep.cli.Migration.Step;
import dev.lockstep.connector.launchdarkly.FlagApi;
import dev.lockstep.connector.launchdarkly.FlagApiException;
import dev.lockstep.connector.launchdarkly.FlagChange;
import dev.lockstep.connector.launchdarkly.FlagChangeRefusedException;
import dev.lockstep.connector.launchdarkly.FlagDataMode;
import dev.lockstep.connector.launchdarkly.FlagFileEdit;
import dev.lockstep.connector.launchdarkly.FlagRoutes;
import dev.lockstep.connector.launchdarkly.LaunchDarklySettings;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.migration.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep migrate next}. */
@Command(
    name = "next",
    mixinStandardHelpOptions = true,
    description = {
      "Says of each customer which step is next and why it is safe or not, with the change of the"
          + " flags that makes it, as a semantic patch of LaunchDarkly, and the way back.",
      "With --apply, makes the step of one customer: in LaunchDarkly, or of a flag file prints what"
          + " it would be, or writes it (-o). A step that is not safe is not made; a step back"
          + " (--back) always is.",
      "Exit code 1 if there is no safe step, or LaunchDarkly wants the change to be approved."
    })
final class MigrateNextCommand implements Callable<Integer> {

  @Option(names = "--back", description = "The step back instead of the next one.")
  private boolean back;

  @Option(
      names = "--apply",
      description = "Make the step. It takes one --customer, and --api-token for LaunchDarkly.")
  private boolean apply;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where --apply writes the changed flag file (default: standard output; all else is on"
              + " standard error then).")
  private @Nullable Path output;

  @Mixin private MigrationOptions migrating = new MigrationOptions();

  @Mixin private FormatOption format = new FormatOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    LockstepConfig config = migrating.config();
    AskedFlags asked = migrating.flags(config);
    boolean ofFile = asked.source() != null && asked.source().mode() == FlagDataMode.FILE;
    requireOptions(ofFile);
    FlagApi api = ofFile ? null : migrating.api();
    Instant now = Instant.now();
    try (FlagRoutes routes = MigrationAccess.routes(asked, migrating, api)) {
      Migration migration =
          MigrationAccess.migration(
              migrating,
              MigrationAccess.records(config, migrating, spec.commandLine().getErr()),
              routes,
              now);
      List<Step> steps = steps(migration, routes);
      boolean toStandardOutput = apply && ofFile && output == null;
      PrintWriter to = toStandardOutput ? spec.commandLine().getErr() : spec.commandLine().getOut();
      print(migration, steps, ofFile, to, now);
      List<Step> safe = steps.stream().filter(step -> isSafe(migration, step)).toList();
      if (safe.isEmpty()) {
        return ExitCode.ANSWER_IS_NO;
      }
      if (!apply) {
        return ExitCode.GOOD;
      }
      Step step = safe.get(0);
      String comment = step.comment(migration.from().engine(), migration.to().engine());
      return apply(step, comment, asked.source(), api, to);
    }
  }

  private void requireOptions(boolean ofFile) {
    if (apply && migrating.customers().size() != 1) {
      throw CommandFailure.ofInput("--apply makes the step of one customer: name it by --customer");
    }
    if (apply && !ofFile && migrating.api() == null) {
      throw CommandFailure.ofInput(
          "--apply needs a token for LaunchDarkly: name where it is by --api-token env:NAME or"
              + " file:PATH");
    }
    if (output != null && !(apply && ofFile)) {
      throw CommandFailure.ofInput("-o goes with --apply and flags of a file");
    }
  }

  private List<Step> steps(Migration migration, FlagRoutes routes) {
    List<Step> steps = new ArrayList<>();
    for (Place place : migration.places()) {
      Optional<Stage> next =
          back ? place.standing().stage().back() : Optional.ofNullable(place.readiness().next());
      next.ifPresent(stage -> steps.add(migration.step(routes, place, stage)));
    }
    return steps;
  }

  private boolean isSafe(Migration migration, Step step) {
    return step.refusal() == null
        && (back
            || migration
                .place(step.customer())
                .map(place -> place.readiness().isReady())
                .orElse(false));
  }

  private void print(
      Migration migration, List<Step> steps, boolean ofFile, PrintWriter to, Instant now)
      throws IOException {
    switch (format.chosen()) {
      case TEXT ->
          new MigrationText(to, Colours.of(spec.commandLine().getColorScheme().ansi()), now)
              .next(migration, steps, new MigrationCommands(spec, migrating, ofFile), back);
      case JSON -> new MigrationJson(to).next(migration, steps, migrating.environment(), back);
    }
    to.flush();
  }

  private int apply(
      Step step,
      String comment,
      @Nullable LaunchDarklySettings source,
      @Nullable FlagApi api,
      PrintWriter to)
      throws IOException {
    if (api == null) {
      writeFile(step, Objects.requireNonNull(source, "flags of a file have a source"), to);
      return ExitCode.GOOD;
    }
    for (FlagChange change : step.changes()) {
      try {
        api.apply(change, comment);
        say(to, "Changed " + change.flag() + " in " + api.environment() + ".");
      } catch (FlagApiException e) {
        if (e.kind() == FlagApiException.Kind.APPROVAL_NEEDED) {
          spec.commandLine().getErr().println("lockstep: " + e.getMessage());
          return ExitCode.ANSWER_IS_NO;
        }
        throw CommandFailure.ofDependency(String.valueOf(e.getMessage()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw CommandFailure.ofDependency(
            "interrupted while changing " + change.flag() + "; look at it before you repeat");
      }
    }
    return ExitCode.GOOD;
  }

  private void writeFile(Step step, LaunchDarklySettings source, PrintWriter to)
      throws IOException {
    if (source.flagFiles().size() != 1) {
      throw CommandFailure.ofInput("--apply changes one flag file, these are several");
    }
    Path file = Path.of(source.flagFiles().get(0));
    String text;
    try {
      text =
          FlagFileEdit.edited(
              file, Objects.requireNonNull(step.after(), "a safe step has flags after it"));
    } catch (FlagChangeRefusedException e) {
      throw CommandFailure.ofInput(e.reason());
    }
    if (output == null) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(text);
      out.flush();
    } else {
      replace(output, text);
      say(to, "Wrote " + output + ".");
    }
  }

  /** At once or not at all: engines watch the file. */
  private static void replace(Path file, String text) {
    Path whole = file.toAbsolutePath();
    try {
      Path next = Files.createTempFile(whole.getParent(), ".flags", ".json");
      Files.writeString(next, text, UTF_8);
      Files.move(next, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw CommandFailure.ofInput("cannot write " + file + ": " + e);
    }
  }

  private void say(PrintWriter to, String text) {
    if (format.chosen() == OutputFormat.TEXT) {
      to.println(text);
    } else {
      spec.commandLine().getErr().println(text);
    }
  }
}
