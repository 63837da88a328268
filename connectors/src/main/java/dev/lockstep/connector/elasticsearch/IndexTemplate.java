package dev.lockstep.connector.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.OptionalInt;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RestClient;

/**
 * The mapping and settings that indices are created with.
 *
 * @param name its name in Elasticsearch
 * @param resource file of it beside this class
 * @param pattern names of the indices
 */
public record IndexTemplate(String name, String resource, String pattern) {

  /** Of every alert index. */
  public static final IndexTemplate ALERTS =
      new IndexTemplate("lockstep-alerts", "alert-index-template.json", IndexName.PATTERN);

  /** Of every event index. */
  public static final IndexTemplate EVENTS =
      new IndexTemplate("lockstep-events", "event-index-template.json", IndexName.EVENTS_PATTERN);

  /**
   * Puts the template in place, over an older one if there is one; indices that exist keep what
   * they were created with.
   *
   * @param replicas copies of each index; empty for Elasticsearch's own default
   * @throws IOException if Elasticsearch does not take it
   */
  public void install(ElasticsearchSettings settings, OptionalInt replicas) throws IOException {
    Request request = new Request("PUT", "/_index_template/" + name);
    request.setJsonEntity(json(replicas));
    try (RestClient client = ElasticsearchConnection.builder(settings).build()) {
      client.performRequest(request);
    }
  }

  String json(OptionalInt replicas) {
    String setting =
        replicas.isPresent() ? ", \"index.number_of_replicas\": " + replicas.getAsInt() : "";
    return text().replace("${pattern}", pattern).replace(", \"${replicas}\": null", setting);
  }

  private String text() {
    try (InputStream in = IndexTemplate.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the classpath");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + resource, e);
    }
  }
}
