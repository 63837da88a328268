package dev.lockstep.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.event.MalformedEventException;
import dev.lockstep.program.MatchResult;
import dev.lockstep.program.RuleMatch;
import dev.lockstep.program.RuleProgram;
import dev.lockstep.sigma.ParsedDocuments;
import dev.lockstep.sigma.SigmaParser;
import dev.lockstep.sigma.SigmaRule;
import java.util.List;
import java.util.stream.Stream;

/** Rules under mappings, written short. */
final class Mapped {
  private final FieldMapping mapping;

  private Mapped(FieldMapping mapping) {
    this.mapping = mapping;
  }

  /** Under mappings given as YAML. */
  static Mapped by(String... yaml) {
    return parse(Stream.of(yaml).map(text -> new MappingDocument("m.yml", text)).toList());
  }

  static Mapped byShipped(String... names) {
    return parse(Stream.of(names).map(name -> ShippedMappings.named(name).orElseThrow()).toList());
  }

  /** A rule with one search identifier {@code s}, given as a YAML flow. */
  static SigmaRule rule(String logsource, String search) {
    return rule(logsource, search, "s");
  }

  static SigmaRule rule(String logsource, String search, String condition) {
    ParsedDocuments parsed =
        SigmaParser.parse(
            "rule.yml",
            """
            title: r
            logsource: %s
            detection:
              s: %s
              condition: %s
            """
                .formatted(logsource, search, condition));
    assertThat(parsed.issues()).isEmpty();
    return parsed.rules().get(0);
  }

  FieldMapping mapping() {
    return mapping;
  }

  boolean matches(SigmaRule rule, String json) {
    return matches(rule, json, "someone");
  }

  boolean matches(SigmaRule rule, String json, String customer) {
    List<RuleMatch> matches = judge(List.of(rule), json, customer);
    assertThat(matches).hasSizeLessThan(2);
    return !matches.isEmpty();
  }

  List<RuleMatch> judge(List<SigmaRule> rules, String json, String customer) {
    RuleProgram program = RuleProgram.compile(mapping.apply(rules));
    try {
      MatchResult result = program.judge(json.getBytes(UTF_8), customer);
      assertThat(result.faults()).isEmpty();
      return result.matches();
    } catch (MalformedEventException e) {
      throw new AssertionError(json, e);
    }
  }

  private static Mapped parse(List<MappingDocument> documents) {
    ParsedMapping parsed = FieldMapping.parse(documents);
    assertThat(parsed.issues()).isEmpty();
    return new Mapped(parsed.mapping());
  }
}
