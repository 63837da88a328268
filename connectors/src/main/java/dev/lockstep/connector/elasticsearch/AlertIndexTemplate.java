package dev.lockstep.connector.elasticsearch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.RestClient;

/** The mapping and settings that every alert index is created with. */
public final class AlertIndexTemplate {

  private static final String NAME = "lockstep-alerts";
  private static final String RESOURCE = "alert-index-template.json";

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
    Request request = new Request("PUT", "/_index_template/" + NAME);
    request.setJsonEntity(json(replicas));
    try (RestClient client = ElasticsearchConnection.builder(settings).build()) {
      client.performRequest(request);
    }
  }

  static String json(OptionalInt replicas) {
    String setting =
        replicas.isPresent() ? ", \"index.number_of_replicas\": " + replicas.getAsInt() : "";
    return resource()
        .replace("${pattern}", IndexName.PATTERN)
        .replace(", \"${replicas}\": null", setting);
  }

  private static String resource() {
    try (InputStream in = AlertIndexTemplate.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not on the classpath");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + RESOURCE, e);
    }
  }
}
