package dev.lockstep.connector.elasticsearch;

import static java.util.Objects.requireNonNull;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.Routing;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * An alert as Elasticsearch keeps it.
 *
 * @param id the alert's id, so that writing it again changes nothing
 * @param json one JSON object in ECS names, with what ECS has no name for under {@code lockstep}
 */
public record AlertDocument(String index, String id, String json) {

  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final Instant YEAR_1 = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

  public AlertDocument {
    requireNonNull(index, "index is null");
    requireNonNull(id, "id is null");
    requireNonNull(json, "json is null");
  }

  /**
   * Returns the document of an alert.
   *
   * @throws IllegalArgumentException if the alert has no lane yet, or an id or a time that none of
   *     our engines writes: it could fail a whole bulk request, or the name of its index
   */
  public static AlertDocument of(Alert alert) {
    if (!ID.matcher(alert.id()).matches()) {
      throw new IllegalArgumentException("the alert's id must be 32 hex digits in lower case");
    }
    Instant time = alert.occurredAt();
    if (time.isBefore(YEAR_1) || !time.isBefore(YEAR_10000)) {
      throw new IllegalArgumentException("occurred_at must be in the years 1 to 9999, was " + time);
    }
    Routing routing = alert.routing();
    if (routing == null) {
      throw new IllegalArgumentException("alert " + alert.id() + " has no lane yet");
    }
    return new AlertDocument(
        IndexName.of(routing.lane(), alert), alert.id(), EcsAlert.json(alert, routing));
  }
}
