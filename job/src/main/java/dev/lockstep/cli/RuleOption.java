package dev.lockstep.cli;

import dev.lockstep.content.Content;
import dev.lockstep.sigma.RuleLevel;
import dev.lockstep.sigma.RuleStatus;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The rule that a question about flags is about. */
final class RuleOption {

  @Option(
      names = "--rule",
      paramLabel = "ID|NAME|TITLE",
      description =
          "The rule whose alert it is; by its id only, unless --rules says where rules are.")
  private @Nullable String rule;

  @Option(
      names = "--rules",
      paramLabel = "PATH",
      description =
          "Rule file, or folder of rule files, where the rule's level, status and stage stand; may"
              + " be given several times.")
  private List<Path> rules = List.of();

  @Mixin private PlaceholderOption placeholders = new PlaceholderOption();

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      description = "The rule's level, where the rule is not at hand.")
  private @Nullable RuleLevel level;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "The rule's status, where the rule is not at hand.")
  private @Nullable RuleStatus status;

  /**
   * Returns the rule, or null if there was none asked about; what is wrong with other rules goes to
   * the error stream.
   *
   * @throws CommandFailure if there is no such rule, or the options contradict one another
   */
  @Nullable AskedRule read(PrintWriter err) {
    boolean described = level != null || status != null;
    if (rule == null) {
      if (described || !rules.isEmpty()) {
        throw CommandFailure.ofInput("--rules, --level and --status say more of --rule: give it");
      }
      return null;
    }
    if (rule.isBlank()) {
      throw CommandFailure.ofInput("--rule must not be blank");
    }
    if (rules.isEmpty()) {
      return AskedRule.notAtHand(rule, level, status);
    }
    if (described) {
      throw CommandFailure.ofInput("--level and --status are the rule's own with --rules");
    }
    Content content = Content.read(RulePaths.read(rules, placeholders).rules());
    content.issues().forEach(err::println);
    return AskedRule.of(NamedRules.find(content.writtenRules(), rule).get(0));
  }
}
