package dev.lockstep.customer;

import dev.lockstep.sigma.Issues;
import dev.lockstep.sigma.Position;
import dev.lockstep.sigma.YamlDocument;
import dev.lockstep.sigma.YamlNode;
import dev.lockstep.sigma.YamlReader;
import dev.lockstep.sigma.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a customer directory within bounds: it lies in the state of every subtask. */
final class CustomerDirectoryReader {

  private static final int MAX_ATTRIBUTES = 50;
  private static final int MAX_TEXTS = 100;
  private static final int MAX_LENGTH = 256;

  /** They mean something else in the contexts that flags look at. */
  private static final Set<String> RESERVED = Set.of("key", "kind", "anonymous", "_meta");

  private final Issues issues;

  CustomerDirectoryReader(String path) {
    this.issues = new Issues(path);
  }

  ParsedCustomers read(String text) {
    List<YamlDocument> documents = YamlReader.read(text, issues);
    Map<String, Map<String, AttributeValue>> customers = new LinkedHashMap<>();
    if (documents.size() == 1) {
      for (YamlNode.Member customer : members(documents.get(0).root(), "a customer directory")) {
        text(customer.key(), "a customer id");
        customers.put(customer.name(), attributes(customer));
      }
    } else if (issues.count() == 0) {
      issues.report(
          Position.START,
          "a customer directory is one YAML document, this file has " + documents.size());
    }
    return issues.count() == 0
        ? new ParsedCustomers(new CustomerDirectory(customers), List.of())
        : new ParsedCustomers(CustomerDirectory.EMPTY, issues.reported());
  }

  private Map<String, AttributeValue> attributes(YamlNode.Member customer) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    List<YamlNode.Member> members = members(customer.value(), "customer '" + customer.name() + "'");
    if (members.size() > MAX_ATTRIBUTES) {
      issues.report(
          customer.key().position(),
          "customer '%s' has %d attributes, at most %d are allowed"
              .formatted(customer.name(), members.size(), MAX_ATTRIBUTES));
    }
    for (YamlNode.Member member : members) {
      text(member.key(), "the name of an attribute");
      if (RESERVED.contains(member.name())) {
        issues.report(
            member.key().position(),
            "'%s' is no name for an attribute: flags have another meaning for it; choose another name"
                .formatted(member.name()));
      }
      value(member).ifPresent(value -> attributes.put(member.name(), value));
    }
    return attributes;
  }

  private Optional<AttributeValue> value(YamlNode.Member member) {
    String what = "attribute '" + member.name() + "'";
    if (member.value() instanceof YamlNode.Scalar scalar) {
      return switch (scalar.type()) {
        case TEXT -> text(scalar, what).map(AttributeValue.Text::new);
        case NUMBER -> number(scalar, what);
        case TRUTH -> Optional.of(new AttributeValue.Truth(Boolean.parseBoolean(scalar.text())));
        case NULL -> refused(scalar, what + " has no value; leave it out");
      };
    }
    if (member.value() instanceof YamlNode.Items items) {
      return texts(items, what);
    }
    return refused(
        member.value(),
        what
            + " is a text, a number, a boolean or a list of texts, this is "
            + member.value().describe());
  }

  private Optional<AttributeValue> number(YamlNode.Scalar scalar, String what) {
    double number = Double.parseDouble(scalar.text());
    return Double.isFinite(number)
        ? Optional.of(new AttributeValue.Numeric(number))
        : refused(scalar, what + " is a number of at most 308 digits");
  }

  private Optional<AttributeValue> texts(YamlNode.Items items, String what) {
    if (items.nodes().size() > MAX_TEXTS) {
      return refused(
          items,
          "%s has %d entries, at most %d are allowed"
              .formatted(what, items.nodes().size(), MAX_TEXTS));
    }
    List<String> texts = new ArrayList<>();
    items.nodes().forEach(node -> text(node, "an entry of " + what).ifPresent(texts::add));
    return Optional.of(new AttributeValue.Texts(texts));
  }

  private Optional<String> text(YamlNode node, String what) {
    Optional<String> text = YamlText.of(node, what, issues);
    text.filter(each -> each.length() > MAX_LENGTH).ifPresent(each -> tooLong(node, what, each));
    return text;
  }

  private void tooLong(YamlNode node, String what, String text) {
    issues.report(
        node.position(),
        "%s has %d characters, at most %d are allowed".formatted(what, text.length(), MAX_LENGTH));
  }

  private List<YamlNode.Member> members(YamlNode node, String what) {
    if (node instanceof YamlNode.Members map) {
      return map.members();
    }
    issues.report(node.position(), what + " is a map, this is " + node.describe());
    return List.of();
  }

  private <T> Optional<T> refused(YamlNode node, String why) {
    issues.report(node.position(), why);
    return Optional.empty();
  }
}
