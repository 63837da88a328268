package dev.lockstep.sigma;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a values file says.
 *
 * @param positions where each name stands, in the order of the file
 * @param issues everything that is wrong; a file is good when there is nothing
 */
public record ParsedPlaceholders(
    Placeholders placeholders, Map<String, Position> positions, List<Issue> issues) {
  public ParsedPlaceholders {
    positions = Collections.unmodifiableMap(new LinkedHashMap<>(positions));
    issues = List.copyOf(issues);
  }
}
