package dev.lockstep.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The commands that make a step or take it back, with the options that were given. */
final class MigrationCommands {

  /** What is said anew for each step. */
  private static final Set<String> OWN =
      Set.of(
          "--customer",
          "--apply",
          "--back",
          "-o",
          "--format",
          "--api-token",
          "--api-uri",
          "--project",
          "--environment");

  private final CommandSpec spec;
  private final MigrationOptions options;
  private final boolean ofFile;

  MigrationCommands(CommandSpec spec, MigrationOptions options, boolean ofFile) {
    this.spec = spec;
    this.options = options;
    this.ofFile = ofFile;
  }

  /** Key of the environment that is changed. */
  String environment() {
    return options.environment();
  }

  /** Whether the flags are those of a file. */
  boolean ofFile() {
    return ofFile;
  }

  /** What makes the step of a customer. */
  String apply(String customer, boolean back) {
    StringBuilder command = new StringBuilder("lockstep migrate next");
    for (ArgSpec given : spec.commandLine().getParseResult().matchedArgs()) {
      if (given instanceof OptionSpec option && !OWN.contains(option.names()[0])) {
        append(option, command);
      }
    }
    command.append(" --customer ").append(shell(customer));
    if (back) {
      command.append(" --back");
    }
    command.append(" --apply");
    command.append(ofFile ? " -o FILE" : options.apiWords());
    return command.toString();
  }

  private static void append(OptionSpec option, StringBuilder command) {
    String name = option.longestName();
    List<String> values = option.originalStringValues();
    if (option.arity().max() == 0) {
      command.append(' ').append(name);
      return;
    }
    for (String value : values) {
      boolean joined = name.equals("-D");
      command.append(' ').append(name).append(joined ? "" : " ").append(shell(value));
    }
  }

  private static String shell(String text) {
    return text.matches("[A-Za-z0-9._/:=,+@%-]+")
        ? text
        : "'" + Displayed.safe(text).replace("'", "'\\''") + "'";
  }
}
