package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lockstep.connector.content.BundleArchive;
import dev.lockstep.connector.launchdarkly.LaunchDarklyServer;
import dev.lockstep.content.BundleManifest;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.content.RuleDocument;
import dev.lockstep.job.DetectionJob;
import dev.lockstep.job.DetectionTopology;
import dev.lockstep.job.IndexTopology;
import dev.lockstep.job.config.FlinkSettings;
import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plants a secret in each place where one may be configured, lets the job use them, refuses one so
 * that it fails over it, and looks for them everywhere that somebody without secrets may look.
 */
class CanaryIT {

  private static final String ELASTICSEARCH = "canary-elasticsearch-41b7";
  private static final String PASSWORD = "canary-password-5e3a";
  private static final String RULES = "canary-rules-c8f1";
  private static final String KAFKA = "canary-kafka-9c02";
  private static final String TRUSTSTORE = "canary-truststore-77de";
  private static final List<String> SECRETS =
      List.of(LaunchDarklyServer.SDK_KEY, ELASTICSEARCH, PASSWORD, RULES, KAFKA, TRUSTSTORE);

  /** Links of Flink's REST to ask, in the order in which one leads to others. */
  private static final List<String> PAGES =
      List.of(
          "/config",
          "/overview",
          "/jobmanager/config",
          "/jobmanager/environment",
          "/jobmanager/thread-dump",
          "/jobmanager/metrics",
          "/taskmanagers",
          "/jobs/overview",
          "/jobs/JOB",
          "/jobs/JOB/config",
          "/jobs/JOB/plan",
          "/jobs/JOB/jobmanager/config",
          "/jobs/JOB/jobmanager/environment",
          "/jobs/JOB/exceptions",
          "/jobs/JOB/checkpoints",
          "/jobs/JOB/checkpoints/config",
          "/jobs/JOB/metrics",
          "/jobs/JOB/accumulators");

  private static final String FLAGS =
      """
      {"flags":{
        "lockstep-ingress":{"key":"lockstep-ingress","version":1,"on":true,"salt":"i",
          "variations":[true,false],"offVariation":1,"fallthrough":{"variation":0}},
        "lockstep-egress":{"key":"lockstep-egress","version":1,"on":true,"salt":"e",
          "variations":["live","shadow","off"],"offVariation":1,"fallthrough":{"variation":0}}},
       "segments":{}}
      """;

  private static final String ALERT =
      """
      {"alert_id": "0123456789abcdef0123456789abcdef", "customer": "acme", "engine": "canary",
       "lane": "live", "routing": {"flags": "f", "reason": "OFF"},
       "occurred_at": "2026-01-01T00:00:00.000Z",
       "rule": {"id": "one", "title": "One", "level": "high", "tags": [], "version": "1"},
       "bundle": "b", "matched_fields": {},
       "events": [{"id": "1", "occurred_at": "2026-01-01T00:00:00.000Z", "event": {}}],
       "suppressed": {"count": 0, "until": null}}
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Set<String> authorizations = ConcurrentHashMap.newKeySet();

  @Test
  void noSecretIsAnywhereButWhereItIsUsed(@TempDir Path directory) throws Exception {
    LogWatch logs = LogWatch.of(List.of("dev.lockstep", "org.apache", "com.launchdarkly"), SECRETS);
    HttpServer servers = servers();
    try (LaunchDarklyServer launchDarkly = new LaunchDarklyServer(FLAGS);
        LocalSystem system =
            LocalSystem.startWithoutElasticsearch(directory, TaskMetrics.flinkOptions())) {
      LockstepConfig config = config(system, directory, launchDarkly.uri(), servers);
      LockstepConfig indexing = indexing(system, directory, servers);
      Topics.create(config);
      JobID job = LocalJobs.submitDetection(system.flink, config, 2, new Recovery.Nothing());
      system.flink.awaitRunning(job);
      JobID index = system.startIndex(indexing);
      LocalSystem.await("the flags", () -> launchDarkly.listeners() > 0);
      Path savepoint = Path.of(system.flink.savepoint(job, DetectionJob.name(config)));
      system.send(config, "acme", "{\"event_id\":\"1\",\"CommandLine\":\"evil\"}");
      // What the detection job finds is not committed: it fails before.
      system.sendTo(config.alerts().liveTopic(), "acme".getBytes(UTF_8), ALERT.getBytes(UTF_8));
      for (JobID each : List.of(job, index)) {
        LocalSystem.await(
            "the job to fail over what Elasticsearch refuses",
            () -> page(system, each, "/jobs/JOB/exceptions").contains("401"));
      }

      Map<String, String> found = new TreeMap<>();
      for (byte[] graph :
          List.of(
              jobGraph(env -> DetectionTopology.build(env, config)),
              jobGraph(env -> IndexTopology.build(env, indexing)))) {
        look(found, "job graph", new String(graph, ISO_8859_1), config.engine());
      }
      for (Path file : files(savepoint)) {
        look(found, "savepoint " + file, new String(Files.readAllBytes(file), ISO_8859_1), "");
      }
      look(found, "configuration as text", config.toString() + indexing, config.engine());
      for (JobID each : List.of(job, index)) {
        for (String page : PAGES) {
          look(found, page, page(system, each, page), "");
        }
        for (String page : vertices(system, each)) {
          look(found, page, page(system, each, page), "");
        }
      }
      // While the job is being restarted it has none.
      LocalSystem.await(
          "the metrics of a job that runs",
          () -> {
            String metrics = get(system.flink.metricsUri());
            look(found, "metrics", metrics, "");
            return metrics.contains("flagAgeSeconds");
          });
      for (String topic :
          List.of(
              config.ruleStatusTopic(), config.engineStatusTopic(), config.deadLettersTopic())) {
        system
            .committed(topic)
            .forEach(record -> look(found, topic, new String(record.value(), UTF_8), ""));
      }

      assertThat(found).isEmpty();
      assertThat(logs.leaks()).isEmpty();
      assertThat(logs.loggers()).anyMatch(name -> name.startsWith("org.apache.kafka"));
      // They were really used.
      assertThat(authorizations)
          .contains("ApiKey " + ELASTICSEARCH, "Basic " + base64("lockstep:" + PASSWORD))
          .contains("Bearer " + RULES);
      assertThat(launchDarkly.requests()).isNotEmpty();
    } finally {
      servers.stop(0);
    }
  }

  /** The search finds what is there. */
  @Test
  void aSecretThatIsThereIsFound() {
    Map<String, String> found = new TreeMap<>();
    look(found, "here", "password=" + KAFKA, "");

    assertThat(found).containsKey("here");
  }

  private static LockstepConfig config(
      LocalSystem system, Path directory, URI launchDarkly, HttpServer servers) throws IOException {
    Path secrets =
        Files.writeString(
            directory.resolve("secrets.properties"),
            "kafka=" + KAFKA + "\ntruststore=" + TRUSTSTORE + "\n");
    Path apiKey = Files.writeString(directory.resolve("api-key"), ELASTICSEARCH + "\n");
    Path sdkKey = Files.writeString(directory.resolve("sdk-key"), LaunchDarklyServer.SDK_KEY);
    Map<String, String> options = new TreeMap<>();
    options.put("flags.source", "launchdarkly");
    options.put("flags.sdk-key", "file:" + sdkKey);
    options.put("flags.relay-uri", launchDarkly.toString());
    options.put("elasticsearch.mode", "direct");
    options.put("elasticsearch.hosts", uri(servers));
    options.put("elasticsearch.api-key", "file:" + apiKey);
    options.put("rules.source", "http");
    options.put("rules.url", uri(servers) + "/rules");
    options.put(
        "rules.token-file",
        Files.writeString(directory.resolve("rules-token"), RULES + "\n").toString());
    // The broker of tests wants neither, and the client reads both all the same.
    options.put("kafka.properties.config.providers", "file");
    options.put(
        "kafka.properties.config.providers.file.class",
        "org.apache.kafka.common.config.provider.FileConfigProvider");
    options.put(
        "kafka.properties.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"lockstep\""
            + " password=\"${file:%s:kafka}\";".formatted(secrets));
    options.put(
        "kafka.properties.ssl.truststore.password", "${file:%s:truststore}".formatted(secrets));
    return system.config("canary", options);
  }

  /** The index job of the same engine, which has a password instead. */
  private static LockstepConfig indexing(LocalSystem system, Path directory, HttpServer servers)
      throws IOException {
    Path password = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
    return system.config(
        "canary",
        Map.of(
            "elasticsearch.mode",
            "index-job",
            "elasticsearch.hosts",
            uri(servers),
            "elasticsearch.username",
            "lockstep",
            "elasticsearch.password",
            "file:" + password));
  }

  private static String uri(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static byte[] bundle() {
    RuleBundle bundle =
        new RuleBundle(
            List.of(
                new RuleDocument(
                    "one.yml", LocalSystem.rule("one", "CommandLine|contains: evil"))));
    return new BundleArchive(BundleManifest.of("rules", bundle, null, null), bundle).encode();
  }

  /**
   * An Elasticsearch that takes the index template and refuses every alert for who sends it, and
   * rules at {@code /rules}.
   */
  private HttpServer servers() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          authorizations.add(
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          exchange.getRequestBody().readAllBytes();
          byte[] answer =
              "{\"error\":{\"type\":\"security_exception\",\"reason\":\"no\"},\"status\":401}"
                  .getBytes(UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.getResponseHeaders().add("X-Elastic-Product", "Elasticsearch");
          boolean template = exchange.getRequestURI().getPath().startsWith("/_index_template/");
          exchange.sendResponseHeaders(template ? 200 : 401, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    byte[] rules = bundle();
    server.createContext(
        "/rules",
        exchange -> {
          authorizations.add(
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          exchange.sendResponseHeaders(200, rules.length);
          exchange.getResponseBody().write(rules);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static byte[] jobGraph(Consumer<StreamExecutionEnvironment> topology) throws IOException {
    StreamExecutionEnvironment env =
        FlinkSettings.environment(Map.of("execution.checkpointing.interval", "1 s"));
    topology.accept(env);
    return InstantiationUtil.serializeObject(env.getStreamGraph().getJobGraph());
  }

  /**
   * Notes each secret in a text.
   *
   * @param expected what must be in it, or it is not what was to be searched
   */
  private static void look(Map<String, String> found, String place, String text, String expected) {
    assertThat(text).as(place).isNotEmpty();
    assertThat(text.contains(expected)).as(place + " has " + expected).isTrue();
    for (String secret : SECRETS) {
      if (text.contains(secret)) {
        found.put(place, secret);
      }
    }
  }

  /** Pages of each vertex of the job. */
  private Set<String> vertices(LocalSystem system, JobID job) throws Exception {
    Set<String> pages = new HashSet<>();
    Matcher vertex =
        Pattern.compile("\"id\":\"([0-9a-f]{32})\"").matcher(page(system, job, "/jobs/JOB"));
    List<String> kinds = List.of("", "/accumulators", "/metrics", "/watermarks");
    while (vertex.find()) {
      for (String kind : kinds) {
        pages.add("/jobs/JOB/vertices/" + vertex.group(1) + kind);
      }
    }
    assertThat(pages).hasSizeGreaterThan(4);
    return pages;
  }

  private String page(LocalSystem system, JobID job, String path) throws Exception {
    return get(system.flink.uiUri().resolve(path.replace("JOB", job.toString())));
  }

  private String get(URI uri) throws Exception {
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
