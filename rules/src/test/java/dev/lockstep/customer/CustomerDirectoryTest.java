package dev.lockstep.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.customer.AttributeValue.Text;
import dev.lockstep.customer.AttributeValue.Texts;
import dev.lockstep.customer.AttributeValue.Truth;
import dev.lockstep.sigma.Issue;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CustomerDirectoryTest {

  @Test
  void keepsEachAttributeWithItsType() {
    CustomerDirectory directory =
        good(
            """
            acme:
              tier: gold
              seats: 1200
              managed: true
              products: [edr, siem]
            4711: {tier: "1"}
            globex: {}
            """);
    assertThat(directory.attributesOf("acme"))
        .containsExactly(
            Map.entry("tier", new Text("gold")),
            Map.entry("seats", new AttributeValue.Numeric(1200)),
            Map.entry("managed", new Truth(true)),
            Map.entry("products", new Texts(List.of("edr", "siem"))));
    assertThat(directory.attributesOf("4711")).containsEntry("tier", new Text("1"));
    assertThat(directory.attributesOf("globex")).isEmpty();
    assertThat(directory.size()).isEqualTo(3);
  }

  @Test
  void readsJsonToo() {
    assertThat(good("{\"acme\": {\"tier\": \"gold\"}}"))
        .isEqualTo(good("acme: {tier: gold}"))
        .hasSameHashCodeAs(good("acme: {tier: gold}"))
        .isNotEqualTo(good("acme: {tier: silver}"));
  }

  @Test
  void knowsNothingOfACustomerWhoIsNotInIt() {
    assertThat(good("acme: {tier: gold}").attributesOf("globex")).isEmpty();
    assertThat(good("{}")).isEqualTo(CustomerDirectory.EMPTY);
  }

  @ParameterizedTest
  @MethodSource
  void tellsWhatIsWrongAndWhere(String text, String issue) {
    ParsedCustomers parsed = CustomerDirectory.parse("customers.yml", text);
    assertThat(parsed.issues().stream().map(Issue::toString).collect(Collectors.joining("\n")))
        .isEqualTo("customers.yml:" + issue);
    assertThat(parsed.directory()).isEqualTo(CustomerDirectory.EMPTY);
  }

  static List<Arguments> tellsWhatIsWrongAndWhere() {
    return List.of(
        Arguments.of("", "1:1: a customer directory is one YAML document, this file has 0"),
        Arguments.of(
            "a: {}\n---\nb: {}", "1:1: a customer directory is one YAML document, this file has 2"),
        Arguments.of("- acme", "1:1: a customer directory is a map, this is a list"),
        Arguments.of("acme: gold", "1:7: customer 'acme' is a map, this is text"),
        Arguments.of("acme: {}\nacme: {}", "2:1: the key 'acme' is there already, in line 1"),
        Arguments.of("'': {}", "1:1: a customer id is empty"),
        Arguments.of(
            "%s: {}".formatted("x".repeat(257)),
            "1:1: a customer id has 257 characters, at most 256 are allowed"),
        Arguments.of(
            "acme: {key: other}",
            "1:8: 'key' is no name for an attribute: flags have another meaning for it; choose"
                + " another name"),
        Arguments.of("acme: {tier: }", "1:13: attribute 'tier' has no value; leave it out"),
        Arguments.of(
            "acme: {tier: {a: b}}",
            "1:14: attribute 'tier' is a text, a number, a boolean or a list of texts, this is a"
                + " map"),
        Arguments.of(
            "acme: {tier: [[a]]}", "1:15: an entry of attribute 'tier' is text, this is a list"),
        Arguments.of(
            "acme: {seats: 1e999}", "1:15: attribute 'seats' is a number of at most 308 digits"),
        Arguments.of(
            "acme: {tier: %s}".formatted("x".repeat(257)),
            "1:14: attribute 'tier' has 257 characters, at most 256 are allowed"),
        Arguments.of(
            "acme: {tier: [%s]}".formatted(numbered(101, "")),
            "1:14: attribute 'tier' has 101 entries, at most 100 are allowed"),
        Arguments.of(
            "acme: {%s}".formatted(numbered(51, ": 1")),
            "1:1: customer 'acme' has 51 attributes, at most 50 are allowed"));
  }

  private static String numbered(int count, String after) {
    return IntStream.range(0, count)
        .mapToObj(i -> "a" + i + after)
        .collect(Collectors.joining(", "));
  }

  private static CustomerDirectory good(String text) {
    ParsedCustomers parsed = CustomerDirectory.parse("customers.yml", text);
    assertThat(parsed.issues()).isEmpty();
    return parsed.directory();
  }
}
