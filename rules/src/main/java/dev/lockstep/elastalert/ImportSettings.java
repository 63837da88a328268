package dev.lockstep.elastalert;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the rules do not say themselves.
 *
 * @param logsource of all rules; if it is empty, each rule gets the name of its index
 * @param textFields the fields that Elasticsearch takes apart into words
 */
public record ImportSettings(Map<String, String> logsource, Set<String> textFields) {
  /** The fields that ECS takes apart. */
  public static final Set<String> USUAL_TEXT_FIELDS = Set.of("message", "error.message");

  public ImportSettings {
    logsource = Collections.unmodifiableMap(new LinkedHashMap<>(logsource));
    textFields = Set.copyOf(textFields);
  }
}
