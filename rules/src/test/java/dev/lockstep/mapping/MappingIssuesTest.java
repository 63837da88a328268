package dev.lockstep.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sigma.Issue;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that can be wrong with a mapping file, and what its author is told. */
class MappingIssuesTest {
  private static final String KEYS =
      "customers, default, fields, logsources, stated, unmapped, use";

  static Stream<Arguments> brokenMappings() {
    return Stream.of(
        broken("", "1:1: there is no mapping in this file"),
        broken("- a", "1:1: a mapping is a map, this is a list"),
        broken(
            "fields: {a: [",
            "1:14: this is not YAML: expected the node content, but found '<stream end>'"),
        broken("field: {a: b}", "1:1: unknown key 'field' in a mapping; there is " + KEYS),
        broken("fields: {a: b, a: c}", "1:16: the key 'a' is there already, in line 1"),
        broken("fields: [a]", "1:9: 'fields' is a map, this is a list"),
        broken("fields: {a: }", "1:12: 'fields.a' is empty"),
        broken("fields: {a: []}", "1:13: 'fields.a' is an empty list; give at least one entry"),
        broken("fields: {a: {b: c}}", "1:13: 'fields.a' is text, this is a map"),
        broken("fields: {a: [b, [c]]}", "1:17: 'fields.a' is text, this is a list"),
        broken(
            "fields: {a: b|contains}",
            "1:13: 'fields.a' is 'b|contains', but modifiers belong into rules"),
        broken("fields: {'': b}", "1:10: the name of a field is empty"),
        broken(
            "fields: {a: %s}".formatted("x".repeat(257)),
            "1:13: 'fields.a' has a name of 257 characters, at most 256 are allowed"),
        broken(
            "fields: {%s: a}".formatted("x".repeat(257)),
            "1:10: the name of a field has 257 characters, at most 256 are allowed"),
        broken(
            "fields: {a: [%s]}".formatted(numbered(17)),
            "1:13: 'fields.a' has 17 entries, at most 16 are allowed"),
        broken(
            "default: data",
            "1:10: 'default' is 'data', which has no place for the field's name;"
                + " write it as in 'data.{field}'"),
        broken("default: {a: b}", "1:10: 'default' is text, this is a map"),
        broken("logsources: {a: b}", "1:13: 'logsources' is a list, this is a map"),
        broken("logsources: [a]", "1:14: an entry of 'logsources' is a map, this is text"),
        broken("logsources: [{when: {a: 1}}]", "1:14: the entry has no logsource"),
        broken("logsources: [{logsource: windows}]", "1:26: 'logsource' is a map, this is text"),
        broken(
            "logsources: [{logsource: {}}]",
            "1:26: 'logsource' is empty; name product, category or service"),
        broken(
            "logsources: [{logsource: {product: w, categoy: c}}]",
            "1:39: unknown key 'categoy' in 'logsource'; there is category, product, service"),
        broken("logsources: [{logsource: {product: }}]", "1:35: 'logsource.product' is empty"),
        broken(
            "logsources: [{logsource: {product: w}, condition: {a: 1}}]",
            "1:40: unknown key 'condition' in an entry of 'logsources';"
                + " there is aliases, default, fields, logsource, when"),
        broken(
            "logsources:\n  - logsource: {product: w}\n    when: {Channel|startwith: a}",
            "3:20: unknown modifier 'startwith'; there is contains, startswith, endswith, all, neq,"
                + " cased, windash, base64, base64offset, wide, utf16le, utf16be, utf16, re, i, m,"
                + " s, cidr, exists, lt, lte, gt, gte, fieldref, expand, minute, hour, day, week,"
                + " month, year"),
        broken(
            "logsources: [{logsource: {product: w}, when: {}}]",
            "1:46: an empty map matches nothing; name at least one field"),
        broken(
            "logsources: [{logsource: {product: w}, aliases: [a]}]",
            "1:49: 'aliases' is a map, this is a list"),
        broken("stated: product", "1:9: 'stated' is a map, this is text"),
        broken(
            "stated: {vendor: v}",
            "1:10: unknown key 'vendor' in 'stated'; there is category, product, service"),
        broken(
            "unmapped: ignore", "1:11: 'ignore' is no choice of 'unmapped'; there is judge, skip"),
        broken(
            "use: windows",
            "1:6: there is no mapping 'windows'; there is aws-cloudtrail, linux-auditd,"
                + " linux-sysmon, stated, web, windows-evtx, windows-flat, windows-winlogbeat,"
                + " zeek"),
        broken(
            "use: web", "1:6: the mapping 'web' is of several kinds of events; use one of a kind"),
        broken("customers: [acme]", "1:12: 'customers' is a map, this is a list"),
        broken(
            "customers: {acme: windows-flat}",
            "1:19: the mapping of customer 'acme' is a map, this is text"),
        broken(
            "customers: {acme: {customers: {}}}",
            "1:20: unknown key 'customers' in the mapping of customer 'acme';"
                + " there is default, fields, logsources, stated, unmapped, use"),
        broken("customers: {acme: {fields: {a: }}}", "1:31: 'fields.a' is empty"),
        broken(
            "customers: {%s}"
                .formatted(
                    IntStream.range(0, 1001)
                        .mapToObj(i -> "c" + i + ": {}")
                        .collect(Collectors.joining(", "))),
            "1:12: 'customers' has 1001 entries, at most 1000 are allowed"),
        broken(
            "logsources: [%s]".formatted("{logsource: {product: p}}, ".repeat(1001)),
            "1:13: 'logsources' has 1001 entries, at most 1000 are allowed"));
  }

  @ParameterizedTest
  @MethodSource("brokenMappings")
  void saysWhereAndWhatIsWrong(String yaml, String expected) {
    ParsedMapping parsed = FieldMapping.parse(List.of(new MappingDocument("m.yml", yaml)));
    assertThat(parsed.issues().stream().map(Issue::toString)).containsExactly("m.yml:" + expected);
    assertThat(parsed.mapping()).isSameAs(FieldMapping.NONE);
  }

  @Test
  void tellsAllThatIsWrongWithAllFilesAtOnce() {
    ParsedMapping parsed =
        FieldMapping.parse(
            List.of(
                new MappingDocument("a.yml", "field: {}\nunmapped: no\ndefault: x"),
                new MappingDocument("b.yml", "fields: {a: b}"),
                new MappingDocument("c.yml", "stated: []")));
    assertThat(parsed.issues().stream().map(issue -> issue.file() + ":" + issue.line()))
        .containsExactlyInAnyOrder("a.yml:1", "a.yml:2", "a.yml:3", "c.yml:1");
  }

  private static Arguments broken(String yaml, String expected) {
    return Arguments.of(yaml, expected);
  }

  private static String numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> "p" + i).collect(Collectors.joining(", "));
  }
}
