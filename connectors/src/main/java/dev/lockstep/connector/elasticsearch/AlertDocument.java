package dev.lockstep.connector.elasticsearch;

import static java.util.Objects.requireNonNull;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.Routing;

/**
 * An alert as Elasticsearch keeps it.
 *
 * @param id the alert's id, so that writing it again changes nothing
 * @param json one JSON object in ECS names, with what ECS has no name for under {@code lockstep}
 */
public record AlertDocument(String index, String id, String json) {

  public AlertDocument {
    requireNonNull(index, "index is null");
    requireNonNull(id, "id is null");
    requireNonNull(json, "json is null");
  }

  /**
   * Returns the document of an alert.
   *
   * @throws IllegalArgumentException if the alert has no lane yet
   */
  public static AlertDocument of(Alert alert) {
    Routing routing = alert.routing();
    if (routing == null) {
      throw new IllegalArgumentException("alert " + alert.id() + " has no lane yet");
    }
    return new AlertDocument(
        IndexName.of(routing.lane(), alert), alert.id(), EcsAlert.json(alert, routing));
  }
}
