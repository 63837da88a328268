package dev.lockstep.mapping;

import dev.lockstep.sigma.Detection;
import dev.lockstep.sigma.Logsource;
import dev.lockstep.sigma.TextPattern;
import dev.lockstep.sigma.ValueTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The places at which events themselves say where they come from.
 *
 * @param places by {@code product}, {@code category} and {@code service}
 */
record StatedLogsource(Map<String, List<String>> places) {
  static final String PRODUCT = "product";
  static final String CATEGORY = "category";
  static final String SERVICE = "service";

  /** Events say nothing of the kind. */
  static final StatedLogsource NONE = new StatedLogsource(Map.of());

  StatedLogsource {
    places = Map.copyOf(places);
  }

  /** What an event fulfils that says it comes from there; empty if events cannot say that. */
  Optional<Detection> says(Logsource logsource) {
    List<Detection> parts = new ArrayList<>();
    boolean sayable =
        add(PRODUCT, logsource.product(), parts)
            && add(CATEGORY, logsource.category(), parts)
            && add(SERVICE, logsource.service(), parts);
    return sayable && !parts.isEmpty() ? Optional.of(new Detection.AllOf(parts)) : Optional.empty();
  }

  private boolean add(String part, @Nullable String text, List<Detection> parts) {
    if (text == null) {
      return true;
    }
    TextPattern pattern =
        new TextPattern(List.of(new TextPattern.Part(TextPattern.Kind.LITERAL, text)));
    List<Detection> questions = new ArrayList<>();
    for (String place : places.getOrDefault(part, List.of())) {
      questions.add(new Detection.Field(place, new ValueTest.Like(pattern, false)));
    }
    parts.add(new Detection.AnyOf(questions));
    return !questions.isEmpty();
  }
}
