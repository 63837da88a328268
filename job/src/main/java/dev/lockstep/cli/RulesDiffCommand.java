package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.connector.content.BundleArchive;
import dev.lockstep.content.BundleDiff;
import dev.lockstep.content.BundleDiff.Change;
import dev.lockstep.content.BundleDiff.Kind;
import dev.lockstep.content.BundleManifest;
import dev.lockstep.content.Content;
import dev.lockstep.content.ContentDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep rules diff}. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Tells which rules are added, removed or changed from one bundle or folder to another.",
      "A change is semantic if the rule may find other events, or for other customers, or its"
          + " alerts have another level or lane; with the filters that are added to it. All other"
          + " changes are cosmetic.",
      "Exit code 1 if any rule differs."
    })
final class RulesDiffCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "BEFORE", description = "A bundle, or a folder of rules.")
  private Path before = Path.of(".");

  @Parameters(index = "1", paramLabel = "AFTER", description = "A bundle, or a folder of rules.")
  private Path after = Path.of(".");

  @Mixin private FormatOption format = new FormatOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    BundleManifest old = read(before);
    BundleManifest young = read(after);
    BundleDiff diff = BundleDiff.of(old, young);
    PrintWriter out = spec.commandLine().getOut();
    switch (format.chosen()) {
      case TEXT -> print(diff, Colours.of(spec.commandLine().getColorScheme().ansi()), out);
      case JSON -> print(old, young, diff, out);
    }
    return diff.changes().isEmpty() ? ExitCode.GOOD : ExitCode.ANSWER_IS_NO;
  }

  private static BundleManifest read(Path path) {
    try {
      if (Files.isDirectory(path)) {
        return ofFolder(path);
      }
      if (Files.isRegularFile(path)) {
        return BundleArchive.decode(Files.readAllBytes(path)).manifest();
      }
    } catch (IOException e) {
      throw CommandFailure.ofInput("cannot use %s: %s".formatted(path, e.getMessage()));
    }
    throw CommandFailure.ofInput("there is no bundle or folder " + path);
  }

  private static BundleManifest ofFolder(Path folder) throws IOException {
    Content content = Content.read(ContentDirectory.read(folder).rules());
    if (content.files().isEmpty()) {
      throw CommandFailure.ofInput("there are no rules (*.yml, *.yaml) below " + folder);
    }
    if (!content.issues().isEmpty()) {
      throw CommandFailure.ofInput(
          "a rule below %s has an issue ('lockstep rules check' tells all): %s"
              .formatted(folder, content.issues().get(0)));
    }
    return BundleManifest.of(folder.toString(), content, null, null);
  }

  private static void print(BundleDiff diff, Colours colours, PrintWriter out) {
    for (Change change : diff.changes()) {
      String line =
          "%-9s %s  %s  %s"
              .formatted(
                  change.kind().wireName(),
                  Displayed.safe(change.rule().id()),
                  Displayed.safe(change.rule().title()),
                  Displayed.safe(change.rule().file()));
      out.println(
          switch (change.kind()) {
            case ADDED -> colours.good(line);
            case REMOVED -> colours.bad(line);
            case SEMANTIC -> colours.hint(line);
            case COSMETIC -> colours.faint(line);
          });
    }
    out.printf(
        "%d added, %d removed, %d semantic and %d cosmetic changes: %s before, %d after%n",
        diff.count(Kind.ADDED),
        diff.count(Kind.REMOVED),
        diff.count(Kind.SEMANTIC),
        diff.count(Kind.COSMETIC),
        Amount.of(diff.before(), "rule"),
        diff.after());
  }

  private static void print(
      BundleManifest before, BundleManifest after, BundleDiff diff, PrintWriter out)
      throws IOException {
    try (JsonGenerator json = JsonOutput.document(out)) {
      json.writeStartObject();
      json.writeStringField("before", before.version());
      json.writeStringField("after", after.version());
      json.writeNumberField("rulesBefore", diff.before());
      json.writeNumberField("rulesAfter", diff.after());
      for (Kind kind : Kind.values()) {
        json.writeNumberField(kind.wireName(), diff.count(kind));
      }
      json.writeArrayFieldStart("changes");
      for (Change change : diff.changes()) {
        json.writeStartObject();
        json.writeStringField("kind", change.kind().wireName());
        json.writeStringField("id", change.rule().id());
        json.writeStringField("title", change.rule().title());
        json.writeStringField("file", change.rule().file());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }
}
