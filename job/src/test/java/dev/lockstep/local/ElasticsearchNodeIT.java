package dev.lockstep.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElasticsearchNodeIT {

  private final Path directory;

  ElasticsearchNodeIT(@TempDir Path temporary) throws IOException {
    // A temporary folder is its owner's alone; the node of a test that root runs is somebody else.
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    this.directory = temporary.resolve("node");
  }

  @Test
  void keepsDocumentsOverAKillAndLeavesNoProcess() throws Exception {
    List<ProcessHandle> processes;
    try (ElasticsearchNode node = ElasticsearchNode.start(directory)) {
      send(node, "PUT", "/things/_doc/1?refresh=true", "{\"name\":\"kept\"}");
      List<ProcessHandle> killed = processesOf(node);

      node.kill();
      assertThat(killed).hasSizeGreaterThan(1).allMatch(ChildProcess::isGone);
      node.restart();
      processes = processesOf(node);

      assertThat(send(node, "GET", "/things/_doc/1", "")).contains("kept");
    }
    assertThat(processes).hasSizeGreaterThan(1).allMatch(ChildProcess::isGone);
  }

  private static List<ProcessHandle> processesOf(ElasticsearchNode node) {
    ProcessHandle launcher = ProcessHandle.of(node.pid()).orElseThrow();
    try (var descendants = launcher.descendants()) {
      return Stream.concat(Stream.of(launcher), descendants).toList();
    }
  }

  private static String send(ElasticsearchNode node, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(node.httpUri().resolve(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpClient client = HttpClient.newHttpClient();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
