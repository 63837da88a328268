package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.connector.launchdarkly.FlagFileText;
import dev.lockstep.connector.launchdarkly.FlagKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep flags init}. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a file with the two flags that the engine asks, for flags.source: file: every event is"
          + " let in, every alert goes to shadow.",
      "Then prints how to make the same flags in LaunchDarkly."
    })
final class FlagsInitCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "flags.json",
      description =
          "The file to write (default: ${DEFAULT-VALUE}); - is standard output, and the"
              + " instructions then go to standard error.")
  private String output = "";

  @Option(names = "--force", description = "Overwrite the file if it is there.")
  private boolean force;

  @Mixin private FormatOption format = new FormatOption();

  @Mixin private JobOptions options = new JobOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    FlagKeys keys = options.read().flags().keys();
    LaunchDarklySetup setup = new LaunchDarklySetup(keys);
    String text = FlagFileText.cautious(keys).text();
    if (output.equals(STANDARD_OUTPUT)) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(text);
      out.flush();
      print(setup, null, spec.commandLine().getErr());
    } else {
      Path file = Path.of(output);
      write(file, text);
      print(setup, file, spec.commandLine().getOut());
    }
    return ExitCode.GOOD;
  }

  private void write(Path file, String text) {
    OpenOption[] how =
        force
            ? new OpenOption[] {
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE
            }
            : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
    try {
      Files.writeString(file, text, UTF_8, how);
    } catch (FileAlreadyExistsException e) {
      throw CommandFailure.ofInput(file + " is already there: --force overwrites it");
    } catch (IOException e) {
      throw CommandFailure.ofInput("cannot write " + file + ": " + e);
    }
  }

  private void print(LaunchDarklySetup setup, @Nullable Path file, PrintWriter to)
      throws IOException {
    switch (format.chosen()) {
      case TEXT -> {
        Colours colours = Colours.of(spec.commandLine().getColorScheme().ansi());
        new FlagsInitText(to, colours, setup).print(file);
      }
      case JSON -> printJson(setup, file, to);
    }
  }

  private static void printJson(LaunchDarklySetup setup, @Nullable Path file, PrintWriter to)
      throws IOException {
    try (JsonGenerator json = JsonOutput.document(to)) {
      json.writeStartObject();
      if (file != null) {
        json.writeStringField("file", file.toString());
      }
      json.writeStringField("ingressKey", setup.keys().ingress());
      json.writeStringField("egressKey", setup.keys().egress());
      json.writeArrayFieldStart("requests");
      for (LaunchDarklySetup.Request request : setup.requests()) {
        json.writeStartObject();
        json.writeStringField("method", request.method());
        json.writeStringField("path", "/api/v2" + request.path());
        json.writeStringField("contentType", request.contentType());
        json.writeFieldName("body");
        json.writeRawValue(request.body());
        json.writeEndObject();
      }
      json.writeEndArray();
      writeTexts(json, "steps", setup.steps());
      writeTexts(json, "notes", setup.notes());
      json.writeEndObject();
    }
    to.println();
  }

  private static void writeTexts(JsonGenerator json, String name, Iterable<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
