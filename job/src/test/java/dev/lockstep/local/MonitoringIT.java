package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.job.config.LockstepConfig;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A real Prometheus reads the metrics of an embedded cluster, with the alert rules that ship. */
class MonitoringIT {

  private static final Path MONITORING = Path.of("..", "k8s-operator", "monitoring");
  private static final Duration START = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Metrics without a label of ours, which are there as soon as a job runs. */
  private static final Pattern UNLABELLED =
      Pattern.compile(
          "flink_(?:jobmanager_job(?:_operator_coordinator_enumerator)?|taskmanager_job_task(?:_operator(?:_engine)?)?)_[A-Za-z]+\\b");

  /** They are there only in another configuration than that of this test, or in another job. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          // Rules come from a folder here.
          "flink_taskmanager_job_task_operator_rulesReadable",
          // There is no file of customers here.
          "flink_taskmanager_job_task_operator_customerFileReadable",
          // There is no Elasticsearch here.
          "flink_taskmanager_job_task_operator_bulkMillis",
          "flink_taskmanager_job_task_operator_documentsIndexed",
          "flink_taskmanager_job_task_operator_documentsRejected",
          "flink_taskmanager_job_task_operator_documentsResolved",
          "flink_taskmanager_job_task_operator_documentsRetried",
          // Flags come from a file, which is received once and never by a service.
          "flink_taskmanager_job_task_operator_flagSetsReceived",
          // The beginning of a regular expression.
          "flink_taskmanager_job_task_operator_");

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void theRulesLoadAndOneFires(@TempDir Path directory) throws Exception {
    Optional<Path> prometheus = prometheus();
    assumeTrue(
        prometheus.isPresent(), "prometheus is not installed: its alert rules are not run by it");
    try (LocalSystem system = LocalSystem.startWithoutElasticsearch(directory, Map.of())) {
      LocalSystem.write(
          system.rules.resolve("one.yml"), LocalSystem.rule("one", "CommandLine|contains: evil"));
      LocalSystem.write(
          system.flags,
          "{\"flagValues\":{\"lockstep-ingress\":true,\"lockstep-egress\":\"live\"}}");
      Path files = Files.createDirectories(directory.resolve("files"));
      LockstepConfig config =
          system.config("watched", Map.of("files.sources.logs.path", files.toUri() + "*"));
      system.start(config);
      system.send(config, "acme", "{\"event_id\":\"1\",\"CommandLine\":\"evil\"}");
      system.awaitDrained(config);

      int port = LoopbackPorts.free();
      ChildProcess server =
          ChildProcess.start(
              "prometheus",
              new ProcessBuilder(
                  prometheus.orElseThrow().toString(),
                  "--config.file=" + configuration(directory, system.flink.metricsUri()),
                  "--storage.tsdb.path=" + directory.resolve("tsdb"),
                  "--web.listen-address=127.0.0.1:" + port),
              directory.resolve("prometheus.log"));
      try {
        URI api = URI.create("http://127.0.0.1:" + port + "/api/v1/");
        server.await("it answers", START, () -> LoopbackPorts.accepts(port));
        // Before that it answers everything with "Service Unavailable".
        LocalSystem.await(
            "Prometheus to be ready",
            () -> answer(api.resolve("/-/ready")).statusCode() == HttpURLConnection.HTTP_OK);
        LocalSystem.await(
            "a first scrape",
            () ->
                !get(api.resolve("query?query=flink_jobmanager_job_runningState"))
                    .at("/data/result")
                    .isEmpty());
        // No event at all: it is parked at once.
        system.send(config, "acme", "{\"event_id\":");
        LocalSystem.await(
            "LockstepDeadLettersParked to fire",
            () -> firing(api).contains("LockstepDeadLettersParked watched"));

        assertThat(firing(api)).containsExactly("LockstepDeadLettersParked watched");
        for (JsonNode group : get(api.resolve("rules")).at("/data/groups")) {
          for (JsonNode rule : group.path("rules")) {
            assertThat(rule.path("health").asText())
                .as(rule.path("name").asText() + ": " + rule.path("lastError").asText())
                .isEqualTo("ok");
          }
        }
        assertThat(askedFor()).isSubsetOf(served(system.flink.metricsUri()));
      } finally {
        server.kill();
      }
    }
  }

  /** The metrics that alert rules and dashboard ask for and that are there from the start. */
  private static Set<String> askedFor() throws IOException {
    Set<String> asked = new TreeSet<>();
    for (String file : List.of("alert-rules.yaml", "dashboards/lockstep.json")) {
      Matcher name = UNLABELLED.matcher(Files.readString(MONITORING.resolve(file)));
      while (name.find()) {
        asked.add(name.group());
      }
    }
    asked.removeAll(ELSEWHERE);
    asked.removeIf(name -> name.matches(".*_(customer|rule|class|reason)_.*"));
    assertThat(asked).hasSizeGreaterThan(25);
    return asked;
  }

  private Set<String> served(URI metrics) throws IOException, InterruptedException {
    Set<String> names = new TreeSet<>();
    text(metrics)
        .lines()
        .filter(line -> line.startsWith("flink_"))
        .map(line -> line.split("[{ ]", 2)[0])
        .forEach(names::add);
    return names;
  }

  private List<String> firing(URI api) throws Exception {
    List<String> firing = new ArrayList<>();
    for (JsonNode alert : get(api.resolve("alerts")).at("/data/alerts")) {
      if (alert.path("state").asText().equals("firing")) {
        firing.add(
            alert.at("/labels/alertname").asText() + " " + alert.at("/labels/engine").asText());
      }
    }
    return firing;
  }

  private static Path configuration(Path directory, URI metrics) throws IOException {
    Object manifest =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(MONITORING.resolve("alert-rules.yaml"), UTF_8));
    Path rules = directory.resolve("alert-rules.json");
    Files.writeString(rules, JSON.writeValueAsString(((Map<?, ?>) manifest).get("spec")));
    return Files.writeString(
        directory.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 1s, evaluation_interval: 1s}
        rule_files: ["%s"]
        scrape_configs:
          - job_name: lockstep
            honor_labels: true
            static_configs: [{targets: ["%s"]}]
        """
            .formatted(rules, metrics.getAuthority()));
  }

  private static Optional<Path> prometheus() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "prometheus"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private JsonNode get(URI uri) throws IOException, InterruptedException {
    return JSON.readTree(text(uri));
  }

  private String text(URI uri) throws IOException, InterruptedException {
    return answer(uri).body();
  }

  private HttpResponse<String> answer(URI uri) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
