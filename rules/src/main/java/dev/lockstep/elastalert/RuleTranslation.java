package dev.lockstep.elastalert;

import dev.lockstep.sigma.Issue;
import dev.lockstep.sigma.Issues;
import dev.lockstep.sigma.Position;
import dev.lockstep.sigma.SigmaParser;
import dev.lockstep.sigma.YamlDocument;
import dev.lockstep.sigma.YamlNode;
import dev.lockstep.sigma.YamlReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Translates one file. */
final class RuleTranslation {
  private static final String USUAL_TIME = "@timestamp";

  private final ElastAlertFile file;
  private final ListFiles lists;
  private final ImportSettings given;
  private final Remarks remarks;

  RuleTranslation(ElastAlertFile file, ListFiles lists, ImportSettings given) {
    this.file = file;
    this.lists = lists;
    this.given = given;
    this.remarks = new Remarks(file.shown());
  }

  /** Where the rule is written to. */
  static String pathOf(ElastAlertFile file) {
    // a name that ends with .test is that of tests
    return Labels.stemOf(file.path()).replaceFirst("\\.test$", "-test") + ".yml";
  }

  ImportedRule translate() {
    Optional<RuleSettings> settings = settings();
    String name = settings.map(it -> new Labels(file.path(), it).title()).orElse(file.path());
    Optional<String> text = settings.flatMap(this::text);
    return new ImportedRule(
        file.shown(),
        name,
        pathOf(file),
        remarks.isRefused() ? Optional.empty() : text,
        remarks.all());
  }

  private Optional<RuleSettings> settings() {
    Issues issues = new Issues(file.shown());
    List<YamlDocument> documents = YamlReader.read(file.text(), issues);
    for (Issue issue : issues.reported()) {
      remarks.refuse(new Position(issue.line(), issue.column()), "", issue.message());
    }
    if (issues.count() > 0) {
      return Optional.empty();
    }
    if (documents.size() != 1 || !(documents.get(0).root() instanceof YamlNode.Members members)) {
      remarks.refuse(Position.START, "", "a rule of ElastAlert is one map");
      return Optional.empty();
    }
    if (members.member("rules_folder").isPresent()) {
      remarks.note(members.position(), "", "the configuration of ElastAlert, and no rule");
      return Optional.empty();
    }
    return Optional.of(new RuleSettings(members, remarks));
  }

  private Optional<String> text(RuleSettings settings) {
    Labels labels = new Labels(file.path(), settings);
    RuleFilters filters = new RuleFilters(file, settings, lists, given.textFields());
    Optional<Filter> filter = filters.filter("filter");
    Optional<Draft> draft =
        type(settings)
            .flatMap(type -> type.read(settings, filter.orElse(Filter.EVERYTHING), filters));
    filters.noteComparisons();
    Map<String, Object> alerting = new LinkedHashMap<>();
    draft.ifPresent(it -> alerting.putAll(alerting(it, labels, settings)));
    String timeField = timeField(settings);
    draft.ifPresent(it -> noteEverything(it, timeField, settings));
    Documents documents = new Documents(labels, labels.logsource(given.logsource()), timeField);
    Optional<String> text =
        draft
            .filter(it -> !remarks.isRefused())
            .map(it -> String.join("---\n", documents.write(it, alerting)));
    LeftOver.report(settings);
    text.ifPresent(it -> check(it, settings));
    return text.map(it -> comment(labels) + it);
  }

  private Optional<RuleType> type(RuleSettings settings) {
    Optional<YamlNode.Member> member = settings.member("type");
    if (member.isEmpty()) {
      settings.remarks().refuse(settings.position(), "type", "a rule has a type");
      return Optional.empty();
    }
    Optional<String> name = settings.text(member.get());
    Optional<RuleType> type = name.flatMap(RuleTypes::named);
    if (name.isPresent() && type.isEmpty()) {
      remarks.refuse(member.get().value().position(), "type", RuleTypes.problem(name.get()));
    }
    return type;
  }

  private static Map<String, Object> alerting(Draft draft, Labels labels, RuleSettings settings) {
    Map<String, Object> alerting = new LinkedHashMap<>();
    alerting.put("level", labels.level());
    List<String> keys = settings.fields(CountTypes.QUERY_KEY);
    boolean grouped = draft.correlations().stream().allMatch(one -> one.groupBy().equals(keys));
    // a new term is new once, so that there is nothing to hold back by it
    Map<String, Object> lockstep = labels.lockstep(keys, grouped);
    if (!lockstep.isEmpty()) {
      alerting.put("lockstep", lockstep);
    }
    return alerting;
  }

  /** Sigma has no rule of all events; those of ElastAlert have a time. */
  private static void noteEverything(Draft draft, String timeField, RuleSettings settings) {
    boolean everything =
        draft.bases().stream().anyMatch(base -> base.filter() instanceof Filter.Everything);
    if (everything) {
      settings
          .remarks()
          .note(
              settings.position(),
              "filter",
              "no filter means any event that has '%s'".formatted(timeField));
    }
  }

  private String timeField(RuleSettings settings) {
    Optional<YamlNode.Member> member = settings.member("timestamp_field");
    Optional<String> name = member.flatMap(settings::text);
    if (name.isPresent() && !name.get().equals(USUAL_TIME)) {
      settings.lose(member.get(), "say it to the engine: 'events.time' in its options");
    }
    return name.orElse(USUAL_TIME);
  }

  /** What the parser would refuse is not written. */
  private void check(String text, RuleSettings settings) {
    for (Issue issue : SigmaParser.parse(pathOf(file), text).issues()) {
      remarks.refuse(
          settings.position(), "", "what comes of it is no good rule: " + issue.message());
    }
  }

  private String comment(Labels labels) {
    StringBuilder comment = new StringBuilder();
    comment
        .append("# Imported from ElastAlert: ")
        .append(plain(labels.title()))
        .append(" (")
        .append(plain(file.path()))
        .append(")\n");
    List<Remark> lost = remarks.all().stream().filter(it -> it.kind() == Remark.Kind.LOST).toList();
    if (!lost.isEmpty()) {
      comment.append("# Not carried over:\n");
      lost.forEach(
          it ->
              comment
                  .append("# - ")
                  .append(plain(it.setting() + ": " + it.message()))
                  .append('\n'));
    }
    return comment.toString();
  }

  /** On one line, with nothing that YAML forbids. */
  private static String plain(String text) {
    return text.replaceAll("[^\\x20-\\x7E\\xA1-\\u1FFF\\u3000-\\uD7FF]", "?");
  }
}
