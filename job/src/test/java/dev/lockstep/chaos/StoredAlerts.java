package dev.lockstep.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.alert.Lane;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.local.CommittedRecords;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What is in Kafka, for a reader of committed records, and in Elasticsearch, once everything has
 * come to rest.
 *
 * @param events by the record's text, how often it is in the topic of events
 * @param kafka by lane and alert id, how often the alert is in the lane's topic
 * @param elasticsearch by lane and alert id, how many documents there are
 * @param malformed by the record's text, how many dead letters of class MALFORMED there are
 * @param refused by alert id, how many dead letters of class REJECTED_BY_ELASTICSEARCH there are
 */
record StoredAlerts(
    Map<String, Integer> events,
    Map<Lane, Map<String, Integer>> kafka,
    Map<Lane, Map<String, Integer>> elasticsearch,
    Map<String, Integer> malformed,
    Map<String, Integer> refused) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 5_000;

  /** Reads everything. */
  static StoredAlerts read(LockstepConfig config, URI elasticsearch)
      throws IOException, InterruptedException {
    Map<String, Integer> events = new HashMap<>();
    committed(config, config.events().topic(), event -> count(events, text(event)));
    Map<String, Integer> malformed = new HashMap<>();
    Map<String, Integer> refused = new HashMap<>();
    committed(
        config,
        config.deadLettersTopic(),
        letter -> {
          if (letter.headers().lastHeader("command") != null) {
            return;
          }
          switch (DeadLetterClass.valueOf(AlertArrivals.header(letter, "class"))) {
            case MALFORMED -> count(malformed, text(letter));
            case REJECTED_BY_ELASTICSEARCH -> count(refused, AlertJson.read(letter.value()).id());
            default -> throw new IllegalStateException("Unexpected dead letter " + letter);
          }
        });
    Map<Lane, Map<String, Integer>> kafka = new HashMap<>();
    Map<Lane, Map<String, Integer>> documents = new HashMap<>();
    for (Lane lane : Lane.values()) {
      Map<String, Integer> ofLane = new HashMap<>();
      committed(
          config,
          config.alerts().topic(lane),
          alert -> count(ofLane, AlertArrivals.header(alert, "alert-id")));
      kafka.put(lane, ofLane);
      documents.put(lane, documents(elasticsearch, lane));
    }
    return new StoredAlerts(events, kafka, documents, malformed, refused);
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), UTF_8);
  }

  private static void count(Map<String, Integer> counts, String what) {
    counts.merge(what, 1, Integer::sum);
  }

  private static void committed(
      LockstepConfig config, String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    CommittedRecords.forEach(config.kafka().bootstrapServers(), topic, each);
  }

  /** Reads all ids of a lane, page by page. */
  private static Map<String, Integer> documents(URI node, Lane lane)
      throws IOException, InterruptedException {
    Map<String, Integer> ids = new HashMap<>();
    String indices = "/lockstep-alerts-" + lane.wireName() + "-*";
    post(node, indices + "/_refresh", "");
    JsonNode page =
        post(node, indices + "/_search?scroll=1m", "{\"size\":" + PAGE + ",\"_source\":false}");
    while (!page.path("hits").path("hits").isEmpty()) {
      page.path("hits").path("hits").forEach(hit -> count(ids, hit.path("_id").asText()));
      String scroll = page.path("_scroll_id").asText();
      page =
          post(
              node,
              "/_search/scroll",
              "{\"scroll\":\"1m\",\"scroll_id\":" + JSON.writeValueAsString(scroll) + "}");
    }
    return ids;
  }

  private static JsonNode post(URI node, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(node.resolve(path))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("Elasticsearch did not answer " + path + ": " + answer.body());
    }
    return JSON.readTree(answer.body());
  }
}
