package dev.lockstep.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lockstep.alert.Lane;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Alerts and events in Elasticsearch, as a person would ask for them. */
final class AlertIndex {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final JsonFactory JSON = new JsonFactory();

  private final URI node;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  AlertIndex(URI node) {
    this.node = node;
  }

  /** Returns the address that shows the newest alerts of {@code lane}. */
  URI search(Lane lane) {
    return newest(alerts(lane));
  }

  /** Returns the address that shows the newest events of {@code customer}. */
  URI search(String customer) {
    return newest(events(customer));
  }

  /** Returns how many alerts of {@code lane} can be searched now. */
  long count(Lane lane) throws InterruptedException {
    return countOf(alerts(lane));
  }

  /** Returns how many events of {@code customer} can be searched now. */
  long count(String customer) throws InterruptedException {
    return countOf(events(customer));
  }

  private static String alerts(Lane lane) {
    return "/lockstep-alerts-" + lane.wireName() + "-*";
  }

  private static String events(String customer) {
    return "/lockstep-events-" + customer + "-*";
  }

  private URI newest(String indices) {
    return node.resolve(indices + "/_search?pretty&sort=@timestamp:desc");
  }

  private long countOf(String indices) throws InterruptedException {
    send(HttpRequest.newBuilder(node.resolve(indices + "/_refresh")).POST(noBody()));
    String answer = send(HttpRequest.newBuilder(node.resolve(indices + "/_count")).GET());
    try (JsonParser parser = JSON.createParser(answer)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME && parser.currentName().equals("count")) {
          parser.nextToken();
          return parser.getLongValue();
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("Elasticsearch's answer is no JSON: " + answer, e);
    }
    throw new IllegalStateException("Elasticsearch did not count: " + answer);
  }

  private String send(HttpRequest.Builder request) throws InterruptedException {
    try {
      return http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new IllegalStateException("Elasticsearch does not answer at " + node, e);
    }
  }

  private static HttpRequest.BodyPublisher noBody() {
    return HttpRequest.BodyPublishers.noBody();
  }
}
