package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlagsExplainCommandTest {

  private static final String FLAGS =
      """
      {"flags": {
        "lockstep-ingress": {
          "key": "lockstep-ingress", "version": 1, "on": true, "salt": "i",
          "variations": [true, false], "offVariation": 1, "fallthrough": {"variation": 0},
          "contextTargets": [
            {"contextKind": "customer", "values": ["umbrella"], "variation": 1}]},
        "lockstep-egress": {
          "key": "lockstep-egress", "version": 1, "on": true, "salt": "e",
          "variations": ["live", "shadow", "off"], "offVariation": 1,
          "contextTargets": [
            {"contextKind": "customer", "values": ["acme", "globex"], "variation": 0}],
          "rules": [{"id": "loud", "variation": 0, "clauses": [
            {"contextKind": "customer", "attribute": "key", "op": "in", "values": ["hooli"]},
            {"contextKind": "rule", "attribute": "level", "op": "in",
             "values": ["high", "critical"]}]}],
          "fallthrough": {"rollout": {"contextKind": "event", "variations": [
            {"variation": 0, "weight": 25000}, {"variation": 1, "weight": 75000}]}}}
      }, "segments": {}}
      """;

  private final RuleFolder folder;
  private final Path flags;

  FlagsExplainCommandTest(@TempDir Path folder) throws IOException {
    this.folder = new RuleFolder(folder.resolve("rules"));
    this.flags = Files.writeString(folder.resolve("flags.json"), FLAGS);
  }

  @Test
  void aTargetListAndAnEventThatDoesNotMatter() {
    CommandRun run = explain("--customer", "acme", "--engine", "green", "--rule", "r1");

    assertThat(run)
        .isEqualTo(
            new CommandRun(
                0,
                """
                Asked for customer 'acme', engine 'green', any event
                  and rule 'r1'
                  its level, status and stage are unknown: --rules PATH tells where it is
                Flags of %s, version 560413cdb317

                Ingress: let in
                  flag     lockstep-ingress
                  gives    true
                  because  no target list and no rule matches: the default rule decides (FALLTHROUGH)

                Egress: live
                  flag     lockstep-egress
                  gives    "live"
                  because  customer 'acme' is in a target list of 2 (TARGET_MATCH)
                  note     if the rule's stage is shadow, its alerts go to shadow all the same
                """
                    .formatted(flags),
                ""));
  }

  @Test
  void aCustomerIsTargetedByWhatTheDirectorySays() throws IOException {
    Path tiers =
        Files.writeString(
            flags.resolveSibling("tiers.json"),
            FLAGS.replace(
                "\"attribute\": \"key\", \"op\": \"in\", \"values\": [\"hooli\"]",
                "\"attribute\": \"tier\", \"op\": \"in\", \"values\": [\"gold\"]"));
    Path customers =
        Files.writeString(flags.resolveSibling("customers.yml"), "initech: {tier: gold}\n");
    Object[] question = {
      "flags",
      "explain",
      "--flags",
      tiers.toString(),
      "--customer",
      "initech",
      "--rule",
      "r1",
      "--level",
      "high",
      "--status",
      "stable"
    };

    assertThat(CommandRun.of(question).out()).doesNotContain("RULE_MATCH");
    assertThat(CommandRun.of(with(question, "--customers", customers.toString())).out())
        .contains("customer tier 'gold' is 'gold'")
        .contains("(RULE_MATCH)");
    assertThat(CommandRun.of(with(question, "-Dcustomers.file=" + customers)).out())
        .contains("(RULE_MATCH)");

    Files.writeString(customers, "initech: gold\n");
    CommandRun broken = CommandRun.of(with(question, "--customers", customers.toString()));
    assertThat(broken.exitCode()).isEqualTo(2);
    assertThat(broken.err()).contains(customers + ":1:10: customer 'initech' is a map");
  }

  private static Object[] with(Object[] question, Object... more) {
    return Stream.concat(Stream.of(question), Stream.of(more)).toArray();
  }

  @Test
  void aPercentageOfEventsHasItsSharesAndNoAnswerWithoutTheEvent() {
    CommandRun any = explain("--customer", "initech", "--rule", "r1");
    CommandRun one = explain("--customer", "initech", "--rule", "r1", "--event", "e-1");

    assertThat(any.out())
        .contains(
            """
            Egress: depends on the event
              flag     lockstep-egress
              gives    "live" to 25 %, "shadow" to 75 % of the events
            """,
            """
              divides  events by percent
                         "live"      0.000 –  25.000 %
                         "shadow"   25.000 – 100.000 %
              event    looked at by the default percentages; --event ID gives the answer for one
            """);
    // printf 'lockstep-egress.e.e-1' | sha1sum
    assertThat(one.out())
        .contains(
            """
            Egress: shadow
              flag     lockstep-egress
              gives    "shadow"
            """,
            """
              divides  events by percent: event 'e-1' falls at 95.694 %
                         "live"      0.000 –  25.000 %
                       → "shadow"   25.000 – 100.000 %
            """);
  }

  @Test
  void withoutARuleEgressIsExplainedOnlyIfNoFlagAsksForIt() throws IOException {
    CommandRun asked = explain("--customer", "acme");
    Files.writeString(flags, FLAGS.replace("\"rule\"", "\"engine\""));
    CommandRun unasked = explain("--customer", "acme");

    assertThat(asked.exitCode()).isZero();
    assertThat(asked.out())
        .endsWith("Egress: depends on the rule; name it with --rule, and --rules PATH\n");
    assertThat(unasked.out()).contains("Egress: live\n");
  }

  @Test
  void theLevelIsLookedUpOrGiven() throws IOException {
    Path rule = rule("level: high\nstatus: test\n");

    CommandRun lookedUp = explain("--customer", "hooli", "--rules", rule, "--rule", "a rule");
    CommandRun given = explain("--customer", "hooli", "--rule", "r1", "--level", "high");
    CommandRun unknown = explain("--customer", "hooli", "--rule", "r1");

    assertThat(lookedUp.out())
        .contains(
            "  and rule 'r1' (A rule): level high, status test, stage live\nFlags of",
            """
            Egress: live
              flag     lockstep-egress
              gives    "live"
              because  rule 1 of 1 matches, id loud (RULE_MATCH)
                           customer 'hooli' is 'hooli'
                       and rule level 'high' is any of 'high', 'critical'
            """);
    assertThat(given.out()).contains("Egress: live\n", "its status and stage are unknown");
    assertThat(unknown.out()).contains("Egress: depends on the event\n");
  }

  @Test
  void aRuleOfStageShadowNeverGoesLive() throws IOException {
    Path rule = rule("lockstep: { stage: shadow, customers: { only: [globex] } }\n");

    CommandRun globex = explain("--customer", "globex", "--rules", rule, "--rule", "r1");
    CommandRun acme = explain("--customer", "acme", "--rules", rule, "--rule", "r1");
    CommandRun some = explain("--customer", "initech", "--rules", rule, "--rule", "r1");
    Files.writeString(flags, FLAGS.replace("\"shadow\", \"off\"", "\"off\", \"shadow\""));
    CommandRun off = explain("--customer", "initech", "--rules", rule, "--rule", "r1");

    assertThat(globex.out())
        .contains(
            "Egress: shadow\n",
            "  gives    \"live\"\n",
            "  note     the rule's stage is shadow: it never goes live (RULE_STAGE_SHADOW)\n")
        .doesNotContain("does not judge");
    assertThat(acme.out()).contains("  it does not judge events of this customer\n");
    assertThat(some.out()).contains("Egress: shadow\n", "\"live\" to 25 %", "it never goes live");
    assertThat(off.out()).contains("Egress: depends on the event\n", "\"off\" to 75 %");
  }

  @Test
  void programsGetADecisionOnlyWhereItIsOne() {
    CommandRun any = explain("--customer", "initech", "--rule", "r1", "--format", "json");
    CommandRun one =
        explain("--customer", "initech", "--rule", "r1", "--event", "e-1", "--format", "json");

    assertThat(any.out())
        .contains("\"decision\" : true", "\"dependsOnEvent\" : true", "\"the default percentages\"")
        .doesNotContain("\"decision\" : \"", "\"position\"", "any event");
    assertThat(one.out())
        .contains(
            "\"decision\" : \"shadow\"",
            "\"given\" : \"shadow\"",
            "\"position\" : 95.694",
            "\"unknown\" : [ \"level\", \"status\", \"stage\" ]");
  }

  @Test
  void whatCanNeverMatchIsToldBesideTheFlags() throws IOException {
    Files.writeString(
        flags,
        FLAGS.replace(
            "{\"contextKind\": \"customer\", \"attribute\": \"key\"",
            "{\"contextKind\": \"device\", \"attribute\": \"key\""));

    CommandRun run = explain("--customer", "acme", "--rule", "r1");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains(
            "\n  doubt    flag lockstep-egress has a clause of kind 'device', which no decision");
  }

  @Test
  void flagsThatAJobWouldRefuseAreAnAnswer() throws IOException {
    Files.writeString(flags, FLAGS.replace("\"lockstep-egress\":", "\"other\":"));

    CommandRun text = explain("--customer", "acme");
    CommandRun json = explain("--customer", "acme", "--format", "json");

    assertThat(text.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(text.out())
        .startsWith(
            """
            ✗ These flags would be refused
              from     %s
              because  it lacks the flag lockstep-egress
            """
                .formatted(flags));
    assertThat(json.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(json.out()).contains("\"refused\" : \"it lacks the flag lockstep-egress\"");
  }

  @Test
  void aFlagThatCannotBeEvaluatedIsANo() throws IOException {
    Files.writeString(flags, FLAGS.replace("\"live\"", "\"liev\""));

    CommandRun run = explain("--customer", "acme", "--rule", "r1");

    assertThat(run.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(run.out())
        .contains(
            "Egress: shadow\n",
            "  but      that is no value for this flag (ERROR(UNKNOWN_VALUE))\n");
  }

  @Test
  void flagsThatAJobWouldRefuseAreRefusedHereToo() throws IOException {
    Files.writeString(
        flags, FLAGS.replace("\"contextKind\": \"event\"", "\"contextKind\": \"user\""));

    CommandRun run = explain("--customer", "acme", "--rule", "r1");

    assertThat(run.exitCode()).isEqualTo(ExitCode.ANSWER_IS_NO);
    assertThat(run.out()).contains("flag lockstep-egress has a percentage of kind 'user'");
  }

  @Test
  void aPercentageByAnAttributeThatIsNotThereIsToldAndSoIsAnEventThatIsKeptOut()
      throws IOException {
    Files.writeString(
        flags,
        FLAGS.replace(
            "\"contextKind\": \"event\"", "\"contextKind\": \"customer\", \"bucketBy\": \"tier\""));

    CommandRun run = explain("--customer", "umbrella", "--rule", "r1");

    assertThat(run.out())
        .contains(
            "Ingress: kept out\n",
            """
              divides  by customer tier, but the subject has none: everyone gets the same
                       → "live"      0.000 –  25.000 %
                         "shadow"   25.000 – 100.000 %
              note     no event comes this far: ingress keeps it out
            """);
  }

  @Test
  void theOptionsNameTheSourceAndTheEngine() {
    CommandRun file =
        CommandRun.of(
            "flags", "explain", "--customer", "acme", "-Dflags.file=" + flags, "-Dengine.name=red");
    CommandRun none =
        CommandRun.of(
            "flags",
            "explain",
            "--customer",
            "acme",
            "-Dflags.source=none",
            "-Dflags.on-missing=live");

    assertThat(file.out()).contains("engine 'red'", "Ingress: let in\n");
    assertThat(none.exitCode()).isZero();
    assertThat(none.out())
        .contains("version fixed-live", "  option   flags.on-missing\n", "Egress: live\n");
  }

  @Test
  void aLaunchDarklyThatIsAwayIsADependencyThatFailed(@TempDir Path secrets) throws IOException {
    Path key = Files.writeString(secrets.resolve("key"), "sdk-never-shown");

    CommandRun run =
        CommandRun.of(
            "flags",
            "explain",
            "--customer",
            "acme",
            "--timeout",
            "500ms",
            "-Dflags.source=launchdarkly",
            "-Dflags.sdk-key=file:" + key,
            "-Dflags.relay-uri=http://127.0.0.1:" + closedPort());

    assertThat(run.exitCode()).isEqualTo(ExitCode.DEPENDENCY_FAILED);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("no flags came within 0.5 s").doesNotContain("never-shown");
  }

  @Test
  void whatCannotBeAskedIsAnInputError() throws IOException {
    Path rule = rule("");
    List<CommandRun> runs = new ArrayList<>();
    runs.add(CommandRun.of("flags", "explain", "--flags", flags));
    runs.add(CommandRun.of("flags", "explain", "--flags", flags + ".none", "--customer", "a"));
    runs.add(explain("--customer", " "));
    runs.add(explain("--customer", "a", "--level", "high"));
    runs.add(explain("--customer", "a", "--rule", "r1", "--rules", rule, "--level", "high"));
    runs.add(explain("--customer", "a", "--rule", "other", "--rules", rule));
    runs.add(explain("--customer", "a", "-Dflags.source=nowhere"));

    assertThat(runs)
        .allSatisfy(
            run -> {
              assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT_ERROR);
              assertThat(run.out()).isEmpty();
              assertThat(run.err()).isNotBlank();
            });
  }

  private CommandRun explain(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("flags", "explain", "--flags", flags));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray());
  }

  private Path rule(String attributes) throws IOException {
    return folder.write(
        "r1.yml",
        """
        title: A rule
        id: r1
        logsource: { product: test }
        detection: { s: { field: x }, condition: s }
        """
            + attributes);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
