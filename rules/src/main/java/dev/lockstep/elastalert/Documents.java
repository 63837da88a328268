package dev.lockstep.elastalert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the documents of one rule, base rules first. */
final class Documents {
  private final Labels labels;
  private final Map<String, Object> logsource;
  private final String timeField;

  Documents(Labels labels, Map<String, Object> logsource, String timeField) {
    this.labels = labels;
    this.logsource = logsource;
    this.timeField = timeField;
  }

  /**
   * Returns the texts of the documents.
   *
   * @param alerting what the documents have that send alerts
   */
  List<String> write(Draft draft, Map<String, Object> alerting) {
    List<String> texts = new ArrayList<>();
    boolean alone = draft.correlations().isEmpty();
    for (Draft.Base base : draft.bases()) {
      Map<String, Object> document = head(base.part());
      if (!alone) {
        document.put("name", labels.name(base.part()));
      } else {
        labels.description().ifPresent(text -> document.put("description", text));
      }
      document.put("logsource", new YamlWriter.Flow(logsource));
      document.put("detection", DetectionSection.of(base.filter(), timeField));
      if (alone) {
        document.putAll(alerting);
      }
      texts.add(YamlWriter.write(document));
    }
    for (Draft.Correlation correlation : draft.correlations()) {
      Map<String, Object> document = head(correlation.part());
      labels.description().ifPresent(text -> document.put("description", text));
      document.put("correlation", section(correlation));
      document.putAll(alerting);
      texts.add(YamlWriter.write(document));
    }
    return texts;
  }

  private Map<String, Object> head(String part) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("title", labels.title(part));
    document.put("id", labels.id(part));
    return document;
  }

  private Map<String, Object> section(Draft.Correlation correlation) {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("type", correlation.type());
    section.put(
        "rules", new YamlWriter.Flow(correlation.rules().stream().map(labels::name).toList()));
    if (!correlation.groupBy().isEmpty()) {
      section.put("group-by", new YamlWriter.Flow(correlation.groupBy()));
    }
    section.put("timespan", correlation.timespan().toString());
    section.putAll(correlation.more());
    Map<String, Object> condition = new LinkedHashMap<>(correlation.condition());
    condition.replaceAll(
        (key, value) ->
            value instanceof Draft.Reference reference ? labels.name(reference.part()) : value);
    section.put("condition", new YamlWriter.Flow(condition));
    return section;
  }
}
