package dev.lockstep.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a checkpoint that does not end waits for: for the message of a test. */
final class PendingCheckpoints {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TASK = Pattern.compile(".* \\(\\d+/\\d+\\)#\\d+.*");
  private static final int FRAMES = 30;

  private PendingCheckpoints() {}

  /** Describes checkpoints in progress, and what the tasks that they wait for are doing. */
  static String describe(URI flink) throws IOException {
    List<String> missing = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (JsonNode job : read(flink, "/jobs/overview").path("jobs")) {
      String path = "/jobs/" + job.path("jid").asText();
      for (JsonNode each : read(flink, path + "/checkpoints").path("history")) {
        if (each.path("status").asText().equals("IN_PROGRESS")) {
          JsonNode details = read(flink, path + "/checkpoints/details/" + each.path("id"));
          List<String> tasks = unacknowledged(details, read(flink, path).path("vertices"));
          missing.addAll(tasks);
          text.append(
              "%n%s: checkpoint %s of %s waits for %s"
                  .formatted(
                      job.path("name").asText(),
                      each.path("id"),
                      each.path("trigger_timestamp"),
                      tasks));
        }
      }
    }
    return text + stacks(missing);
  }

  private static List<String> unacknowledged(JsonNode checkpoint, JsonNode vertices) {
    Map<String, String> names =
        Stream.iterate(0, i -> i < vertices.size(), i -> i + 1)
            .map(vertices::get)
            .collect(
                Collectors.toMap(each -> each.path("id").asText(), e -> e.path("name").asText()));
    List<String> tasks = new ArrayList<>();
    checkpoint
        .path("tasks")
        .properties()
        .forEach(
            each -> {
              JsonNode task = each.getValue();
              if (task.path("num_acknowledged_subtasks").asInt()
                  < task.path("num_subtasks").asInt()) {
                tasks.add(names.getOrDefault(each.getKey(), each.getKey()));
              }
            });
    return tasks;
  }

  private static String stacks(List<String> tasks) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<Thread, StackTraceElement[]> each : Thread.getAllStackTraces().entrySet()) {
      String name = each.getKey().getName();
      if (TASK.matcher(name).matches() && tasks.stream().anyMatch(name::startsWith)) {
        text.append("%n\"%s\" %s".formatted(name, each.getKey().getState()));
        Stream.of(each.getValue())
            .limit(FRAMES)
            .forEach(frame -> text.append("%n    at %s".formatted(frame)));
      }
    }
    return text.toString();
  }

  private static JsonNode read(URI flink, String path) throws IOException {
    try (InputStream answer = flink.resolve(path).toURL().openStream()) {
      return JSON.readTree(answer);
    }
  }
}
