package dev.lockstep.elastalert;

import dev.lockstep.sigma.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The filters and lists of one rule. */
final class RuleFilters {
  private static final String FILE = "!file";

  private final ElastAlertFile rule;
  private final RuleSettings settings;
  private final ListFiles lists;
  private final FieldTests tests;

  RuleFilters(ElastAlertFile rule, RuleSettings settings, ListFiles lists, Set<String> textFields) {
    this.rule = rule;
    this.settings = settings;
    this.lists = lists;
    this.tests = new FieldTests(textFields);
  }

  /** The filter of the setting; everything if it is not there, empty after having refused. */
  Optional<Filter> filter(String setting) {
    Optional<YamlNode.Member> member = settings.member(setting);
    if (member.isEmpty()) {
      return Optional.of(Filter.EVERYTHING);
    }
    return new FilterReader(setting, tests, settings.remarks()).read(member.get().value());
  }

  /** Says how texts are compared, for all filters that were read. */
  void noteComparisons() {
    YamlNode.Member member = settings.member("filter").orElse(null);
    if (member == null) {
      return;
    }
    if (!tests.whole().isEmpty()) {
      settings.note(
          member,
          "compared as whole values, without regard to case: %s; name with --text-field what"
                  .formatted(String.join(", ", tests.whole()))
              + " Elasticsearch takes apart into words");
    }
    if (!tests.within().isEmpty()) {
      settings.note(
          member,
          "texts are found anywhere in: %s; Elasticsearch finds whole words"
              .formatted(String.join(", ", tests.within())));
    }
  }

  /** The texts of a list, those of files included. */
  List<Value> list(YamlNode.Member member) {
    List<Value> values = new ArrayList<>();
    for (YamlNode node : Members.items(member.value())) {
      try {
        String text = Scalars.text(node);
        if (text.startsWith(FILE)) {
          addFile(member, node, text.substring(FILE.length()).strip(), values);
        } else {
          add(text, values);
        }
      } catch (FilterFault e) {
        settings.remarks().refuse(node.position(), member.name(), e.problem());
      }
    }
    if (values.isEmpty()) {
      settings.refuse(member, "the list is empty");
    }
    return values;
  }

  private void addFile(YamlNode.Member member, YamlNode node, String file, List<Value> values) {
    Optional<String> text = lists.textOf(rule, file);
    if (text.isEmpty()) {
      settings.remarks().refuse(node.position(), member.name(), "there is no list '" + file + "'");
      return;
    }
    text.get().lines().map(String::stripTrailing).forEach(line -> add(line, values));
  }

  private static void add(String text, List<Value> values) {
    if (!text.isEmpty()) {
      values.add(Value.text(WildText.literal(text).toSigma()));
    }
  }
}
