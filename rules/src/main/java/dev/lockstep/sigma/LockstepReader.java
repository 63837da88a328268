package dev.lockstep.sigma;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the custom attribute {@code lockstep}: what this engine wants to know beyond Sigma. */
final class LockstepReader {
  private static final String STAGE = "stage";
  private static final String CUSTOMERS = "customers";
  private static final String BUDGET = "budget";
  private static final String SUPPRESS = "suppress";

  /** What the attribute says, or its defaults. */
  record Settings(RuleStage stage, CustomerScope customers) {
    static final Settings DEFAULT = new Settings(RuleStage.LIVE, CustomerScope.EVERYONE);

    Settings withStage(RuleStage other) {
      return new Settings(other, customers);
    }

    Settings withCustomers(CustomerScope other) {
      return new Settings(stage, other);
    }
  }

  private LockstepReader() {}

  static Settings read(YamlNode.Members document, Issues issues) {
    Optional<YamlNode.Member> attribute = document.member("lockstep");
    if (attribute.isEmpty()) {
      return Settings.DEFAULT;
    }
    if (!(attribute.get().value() instanceof YamlNode.Members members)) {
      issues.report(
          attribute.get().value().position(),
          "'lockstep' is a map, this is " + attribute.get().value().describe());
      return Settings.DEFAULT;
    }
    Settings settings = Settings.DEFAULT;
    for (YamlNode.Member member : members.members()) {
      settings = withMember(settings, member, issues);
    }
    return settings;
  }

  /** Of a filter there are customers only: it has no alerts of its own. */
  static Settings readOfFilter(YamlNode.Members document, Issues issues) {
    document
        .member("lockstep")
        .map(YamlNode.Member::value)
        .filter(YamlNode.Members.class::isInstance)
        .flatMap(value -> ((YamlNode.Members) value).member(STAGE))
        .ifPresent(
            stage ->
                issues.report(
                    stage.key().position(), "'lockstep.stage' has no meaning in a filter"));
    return read(document, issues);
  }

  private static Settings withMember(Settings settings, YamlNode.Member member, Issues issues) {
    if (member.name().equals(STAGE)) {
      return settings.withStage(stage(member.value(), issues));
    }
    if (member.name().equals(CUSTOMERS)) {
      return settings.withCustomers(customers(member.value(), issues));
    }
    if (member.name().equals(BUDGET)) {
      checkBudget(member.value(), issues);
      return settings;
    }
    if (member.name().equals(SUPPRESS)) {
      Suppression.check(member.value(), issues);
      return settings;
    }
    issues.report(
        member.key().position(),
        "'lockstep.%s' is unknown; there is stage, customers, budget, suppress"
            .formatted(member.name()));
    return settings;
  }

  private static RuleStage stage(YamlNode node, Issues issues) {
    Optional<String> term = YamlText.of(node, "'lockstep.stage'", issues);
    for (RuleStage stage : RuleStage.values()) {
      if (term.filter(stage.term()::equals).isPresent()) {
        return stage;
      }
    }
    if (term.isPresent()) {
      issues.report(node.position(), "'" + term.get() + "' is no stage; there is live, shadow");
    }
    return RuleStage.LIVE;
  }

  /** {@link RuleBudget} reads it when it is needed. */
  private static void checkBudget(YamlNode node, Issues issues) {
    if (!(node instanceof YamlNode.Members members)) {
      issues.report(node.position(), "'lockstep.budget' is a map, this is " + node.describe());
      return;
    }
    for (YamlNode.Member member : members.members()) {
      Object value = YamlText.plainValue(member.value());
      switch (member.name()) {
        case RuleBudget.MATCHES_PER_MINUTE -> {
          if (RuleBudget.matches(value).isEmpty()) {
            issues.report(
                member.value().position(),
                "'lockstep.budget.%s' is a whole number from 1 to %d"
                    .formatted(member.name(), RuleBudget.MOST_MATCHES));
          }
        }
        case RuleBudget.BEYOND -> {
          if (RuleBudget.Beyond.of(value).isEmpty()) {
            issues.report(
                member.value().position(),
                "'lockstep.budget.%s' is either 'cap' or 'quarantine'".formatted(member.name()));
          }
        }
        default ->
            issues.report(
                member.key().position(),
                "'lockstep.budget.%s' is unknown; there is %s, %s"
                    .formatted(member.name(), RuleBudget.MATCHES_PER_MINUTE, RuleBudget.BEYOND));
      }
    }
  }

  private static CustomerScope customers(YamlNode node, Issues issues) {
    if (!(node instanceof YamlNode.Members members) || members.members().size() != 1) {
      issues.report(
          node.position(), "'lockstep.customers' has either 'only' or 'except', and a list below");
      return CustomerScope.EVERYONE;
    }
    YamlNode.Member member = members.members().get(0);
    List<String> names =
        YamlText.listOf(member.value(), "'lockstep.customers." + member.name() + "'", issues);
    if (!member.name().equals("only") && !member.name().equals("except")) {
      issues.report(
          member.key().position(),
          "'lockstep.customers.%s' is unknown; there is only, except".formatted(member.name()));
    }
    return new CustomerScope(
        member.name().equals("only") ? CustomerScope.Kind.ONLY : CustomerScope.Kind.EXCEPT,
        Set.copyOf(names));
  }
}
