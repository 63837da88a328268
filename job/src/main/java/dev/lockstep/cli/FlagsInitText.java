package dev.lockstep.cli;

import dev.lockstep.connector.launchdarkly.FlagKeys;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells people what the flag file does, and how to have the same in LaunchDarkly. */
final class FlagsInitText {
  private static final int WIDTH = 88;

  private final PrintWriter out;
  private final Colours colours;
  private final LaunchDarklySetup setup;

  FlagsInitText(PrintWriter out, Colours colours, LaunchDarklySetup setup) {
    this.out = out;
    this.colours = colours;
    this.setup = setup;
  }

  /** Prints it; {@code file} is null if the file went to the standard output. */
  void print(@Nullable Path file) {
    if (file != null) {
      printFile(file);
      out.println();
    }
    heading("The same two flags in LaunchDarkly, in its user interface");
    list(setup.steps(), true);
    out.println();
    heading("Or by its REST API, with a token that may create context kinds and flags");
    printCalls();
    out.println();
    heading("Good to know");
    list(setup.notes(), false);
  }

  private void printFile(Path file) {
    FlagKeys keys = setup.keys();
    out.println(colours.good("Wrote ") + colours.bold(Displayed.safe(file.toString())));
    list(
        List.of(
            keys.ingress() + " lets every event in; customers that must stay out go into its list.",
            keys.egress()
                + " sends every alert to shadow; customers that are to be live go into"
                + " its list."),
        false);
    out.println();
    heading("Use it");
    out.println(
        "  lockstep flags explain --flags "
            + shell(file.toString())
            + " --customer acme --engine blue");
    out.println(
        "  lockstep run --config lockstep.yaml -Dflags.source=file -Dflags.file="
            + shell(file.toAbsolutePath().normalize().toString()));
  }

  private void printCalls() {
    out.println("  # LD_API_TOKEN holds the token; it is not the SDK key");
    out.println("  LD_API=https://app.launchdarkly.com/api/v2   # EU: app.eu.launchdarkly.com");
    out.println("  LD_PROJECT=default LD_ENVIRONMENT=production");
    for (LaunchDarklySetup.Request request : setup.requests()) {
      out.println();
      out.printf(
          "  curl -fsS -X %s \"$LD_API%s\" \\%n    -H \"Authorization: $LD_API_TOKEN\" \\%n",
          request.method(), request.path());
      out.printf("    -H 'Content-Type: %s' \\%n", request.contentType());
      out.println("    -d '" + inSingleQuotes(request.body()).replace("\n", "\n        ") + "'");
    }
  }

  /** The shell puts in what a body holds of its variables. */
  private static String inSingleQuotes(String body) {
    return body.replace("'", "'\\''").replace("$LD_ENVIRONMENT", "'\"$LD_ENVIRONMENT\"'");
  }

  private static String shell(String path) {
    return path.matches("[A-Za-z0-9._/-]+")
        ? path
        : "'" + Displayed.safe(path).replace("'", "'\\''") + "'";
  }

  private void heading(String text) {
    out.println(colours.bold(text));
  }

  private void list(List<String> points, boolean numbered) {
    for (int i = 0; i < points.size(); i++) {
      String mark = numbered ? (i + 1) + ". " : "- ";
      out.println("  " + mark + wrapped(points.get(i), "\n" + " ".repeat(2 + mark.length())));
    }
  }

  private static String wrapped(String text, String lineBreak) {
    StringBuilder lines = new StringBuilder();
    int length = 0;
    for (String word : text.split(" ", -1)) {
      boolean breaks = length > 0 && length + 1 + word.length() > WIDTH;
      lines.append(length == 0 ? "" : breaks ? lineBreak : " ").append(word);
      length = breaks ? word.length() : length + 1 + word.length();
    }
    return lines.toString();
  }
}
