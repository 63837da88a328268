package dev.lockstep.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

  @Test
  void runsFromFoldersThatOnlyRootCanEnter(@TempDir Path locked) throws Exception {
    assumeThat(ServiceUser.forThisProcess()).isEqualTo(ServiceUser.NOBODY);
    Services services = new Services(locked, locked.resolve("elasticsearch"));
    String original = Services.locate().elasticsearchHome().toString();
    run("cp", "-r", original, services.elasticsearchHome().toString());
    Path data = locked.resolve("data");
    try (ElasticsearchNode node = ElasticsearchNode.start(data, services, 0)) {
      assertThat(send(node, "PUT", "/things/_doc/1", "{}")).contains("created");
      assertThat(node.log()).startsWith(data.resolve("stand-in").toRealPath()).isNotEmptyFile();
    } finally {
      run("rm", "-r", ReachableFolder.standInFor(data).toString());
    }
  }

  @Test
  void runsForAnOrdinaryUser() throws Exception {
    assumeThat(ServiceUser.forThisProcess()).isEqualTo(ServiceUser.NOBODY);
    Path classes = codeOf(ElasticsearchNode.class);
    assumeThat(ServiceUser.NOBODY.canEnter(classes)).isTrue();
    Path layout = layoutOfTheirOwn(Files.createDirectory(directory));
    ServiceUser.NOBODY.own(directory);
    List<String> command = new ArrayList<>(ServiceUser.NOBODY.command());
    command.add(Executables.javaHome().resolve("bin").resolve("java").toString());
    command.add("-D" + Services.PROPERTY + "=" + layout);
    command.addAll(List.of("-cp", classes + ":" + codeOf(OrdinaryUser.class)));
    command.addAll(List.of(OrdinaryUser.class.getName(), directory.toString()));

    run(command.toArray(String[]::new));
    assertThat(directory.resolve("elasticsearch.log")).content().contains("closed");
  }

  /** Some files of a layout are for the user who made it alone. */
  private static Path layoutOfTheirOwn(Path theirs) throws Exception {
    Services ours = Services.locate();
    Path layout = Files.createDirectory(theirs.resolve("services"));
    run("cp", "-r", ours.elasticsearchHome().resolve("..").toString(), layout + "/elasticsearch");
    Path kafka = ours.kafkaLibraries().resolve("..").normalize();
    Files.createSymbolicLink(layout.resolve("kafka"), kafka);
    return layout;
  }

  private static Path codeOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
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

  /** Starts and stops a node. */
  static final class OrdinaryUser {

    private OrdinaryUser() {}

    public static void main(String[] arguments) {
      if (ServiceUser.forThisProcess() != ServiceUser.OURSELVES) {
        throw new AssertionError("this must not be root");
      }
      ElasticsearchNode.start(Path.of(arguments[0])).close();
    }
  }
}
