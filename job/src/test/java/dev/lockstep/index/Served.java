package dev.lockstep.index;

import dev.lockstep.connector.elasticsearch.ElasticsearchSettings;
import dev.lockstep.local.ElasticsearchNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node and questions to it. */
record Served(ElasticsearchNode node) {

  private static final Pattern COUNT = Pattern.compile("\"count\":(\\d+)");

  ElasticsearchSettings settings() {
    return ElasticsearchSettings.of(List.of(node.httpUri()));
  }

  /**
   * Returns the number of documents in a customer's live index, found by a field of the template.
   */
  long count(String customer) throws IOException {
    String index = "/lockstep-alerts-live-" + customer + "-2026.01";
    send("POST", index + "/_refresh?ignore_unavailable=true", "");
    String query = "{\"query\":{\"term\":{\"organization.id\":\"" + customer + "\"}}}";
    Matcher count = COUNT.matcher(send("POST", index + "/_count?ignore_unavailable=true", query));
    return count.find() ? Long.parseLong(count.group(1)) : 0;
  }

  String send(String method, String path, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(node.httpUri().resolve(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpClient client = HttpClient.newHttpClient();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
