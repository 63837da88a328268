package dev.lockstep.connector.elasticsearch;

import java.io.IOException;
import java.util.OptionalInt;

/** The mapping and settings that every alert index is created with. */
public final class AlertIndexTemplate {

  private static final IndexTemplate TEMPLATE =
      new IndexTemplate("lockstep-alerts", "alert-index-template.json", IndexName.PATTERN);

  private AlertIndexTemplate() {}

  /**
   * Puts the template in place, over an older one if there is one; indices that exist keep what
   * they were created with.
   *
   * @param replicas copies of each index; empty for Elasticsearch's own default
   * @throws IOException if Elasticsearch does not take it
   */
  public static void install(ElasticsearchSettings settings, OptionalInt replicas)
      throws IOException {
    TEMPLATE.install(settings, replicas);
  }

  static String json(OptionalInt replicas) {
    return TEMPLATE.json(replicas);
  }
}
