package dev.lockstep.connector.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.connector.latest.Await;
import dev.lockstep.connector.latest.RetryDelays;
import dev.lockstep.connector.latest.RunningReader;
import dev.lockstep.content.Delivery;
import dev.lockstep.content.Delivery.Part;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The source and a server of the test's own. */
@Timeout(120)
class RuleServerSourceTest {

  private static final RetryDelays SOON =
      new RetryDelays(Duration.ofMillis(5), Duration.ofMillis(20));
  private static final String TIME = "Sat, 31 Jan 2026 12:00:00 GMT";

  private final Path folder;
  private final FakeServer server = new FakeServer();

  RuleServerSourceTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void startServer() throws IOException {
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void emitsTheBundleAndItsChanges() throws Exception {
    server.serve(Archives.of("a", "a.yml").encode(), "\"1\"");
    try (var reader = start(null)) {
      Delivery first = next(reader);
      assertThat(first.bundle()).isEqualTo(Archives.bundle("a.yml"));
      assertThat(first.parts())
          .containsExactly(new Part("a", Archives.bundle("a.yml").version(), null));
      assertThat(first.publishedAt()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));

      server.serve(Archives.of("a", "b.yml").encode(), "\"2\"");
      assertThat(next(reader).bundle()).isEqualTo(Archives.bundle("b.yml"));
      assertThat(reader.metric("bundlesRead")).isEqualTo(2);
    }
  }

  @Test
  void asksOnlyForWhatHasChanged() throws Exception {
    server.serve(Archives.of("a", "a.yml").encode(), "\"1\"");
    try (var reader = start(null)) {
      next(reader);
      Await.until("answers without a body", () -> server.count(304) >= 3);
      assertThat(server.count(200)).isEqualTo(1);
      assertThat(reader.metric("rulesReadable")).isEqualTo(1);
    }
  }

  @Test
  void asksByTimeWhereThereIsNoTag() throws Exception {
    server.serve(Archives.of("a", "a.yml").encode(), null);
    try (var reader = start(null)) {
      next(reader);
      Await.until("questions by time", () -> server.asked("If-modified-since").contains(TIME));
      assertThat(reader.poll()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({"500", "503", "429", "404", "401", "403", "302"})
  void keepsTheLastRulesWhileTheServerRefusesAndTakesThemUpAgain(int status) throws Exception {
    server.serve(Archives.of("a", "a.yml").encode(), "\"1\"");
    try (var reader = start(null)) {
      next(reader);
      server.status = status;
      reader.awaitMetric("rulesFailures", 1);
      assertThat(reader.metric("rulesReadable")).isZero();
      assertThat(reader.poll()).isNull();

      server.status = 200;
      server.serve(Archives.of("a", "b.yml").encode(), "\"2\"");
      assertThat(next(reader).bundle()).isEqualTo(Archives.bundle("b.yml"));
      assertThat(reader.metric("rulesReadable")).isEqualTo(1);
    }
  }

  @Test
  void keepsTheLastRulesWhileTheServerIsAwayAlsoOverARestart() throws Exception {
    server.serve(Archives.of("a", "a.yml").encode(), "\"1\"");
    byte[] checkpoint;
    try (var reader = start(null)) {
      next(reader);
      checkpoint = reader.checkpoint();
    }
    server.close();
    try (var restored = RunningReader.restore(source(null), checkpoint)) {
      assertThat(next(restored).bundle()).isEqualTo(Archives.bundle("a.yml"));
      restored.awaitMetric("rulesFailures", 1);
      assertThat(restored.poll()).isNull();
    }
  }

  @Test
  void doesNotTakeWhatIsNoBundle() throws Exception {
    server.serve("<html>welcome</html>".getBytes(UTF_8), "\"1\"");
    try (var reader = start(null)) {
      reader.awaitMetric("rulesFailures", 1);
      Await.until("another try for the same", () -> server.count(200) >= 2);
      assertThat(reader.poll()).isNull();
    }
  }

  @Test
  void hangsUpOnABodyWithoutAnEnd() throws Exception {
    server.endless = true;
    try (var reader = start(null)) {
      reader.awaitMetric("rulesFailures", 1);
      Await.until("the server to notice", () -> server.hungUp);
      assertThat(server.poured).hasValueLessThan(10L * RuleTree.MAX_BUNDLE_BYTES);
    }
  }

  @Test
  void doesNotWaitForEverForTheRestOfABody() throws Exception {
    server.silent = true;
    RuleServerClient client = new RuleServerClient(settings(null), Duration.ofMillis(300));

    assertThatIOException().isThrownBy(client::ask).withMessageStartingWith("no whole answer");
  }

  @Test
  void sendsTheTokenAsItIsInTheFileAtThatTime() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "first\n");
    server.token = "second";
    server.serve(Archives.of("a", "a.yml").encode(), "\"1\"");
    try (var reader = start(file.toString())) {
      reader.awaitMetric("rulesFailures", 1);
      Files.writeString(file, "second\n");
      assertThat(next(reader).bundle()).isEqualTo(Archives.bundle("a.yml"));
      assertThat(server.asked("Authorization")).contains("Bearer first", "Bearer second");
    }
  }

  @Test
  void saysPlainlyThatTheTokenIsNotAcceptedWithoutSayingTheToken() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "s3cret");
    server.status = 403;

    assertThatIOException()
        .isThrownBy(new RuleServerClient(settings(file.toString()))::ask)
        .withMessage("the server answered 403: it does not accept the token in " + file);
    Files.writeString(file, "s3\ncret");
    assertThatIOException()
        .isThrownBy(new RuleServerClient(settings(file.toString()))::ask)
        .withMessage(file + " does not hold a token");
  }

  @Test
  void waitsAsLongAsTheServerWishes() throws Exception {
    server.status = 503;
    server.retryAfter = "1";
    try (var reader = start(null)) {
      Await.until("two tries", () -> server.moments.size() >= 2);
      Duration between =
          Duration.ofNanos(server.moments.get(1).longValue() - server.moments.get(0).longValue());
      assertThat(between).isGreaterThanOrEqualTo(Duration.ofMillis(990));
      assertThat(reader.poll()).isNull();
    }
  }

  @Test
  void followsNoRedirect() throws Exception {
    try (FakeServer other = new FakeServer()) {
      other.start();
      server.status = 302;
      server.location = other.uri().toString();
      RuleServerClient client = new RuleServerClient(settings(null));

      assertThatIOException().isThrownBy(client::ask).withMessageContaining("answered 302");
      assertThat(other.moments).isEmpty();
    }
  }

  private RuleServerSettings settings(@Nullable String tokenFile) {
    return new RuleServerSettings(server.uri(), tokenFile, Duration.ofMillis(5));
  }

  private RuleServerSource source(@Nullable String tokenFile) {
    return new RuleServerSource(settings(tokenFile), SOON);
  }

  private RunningReader<byte[]> start(@Nullable String tokenFile) {
    return RunningReader.start(source(tokenFile));
  }

  private static Delivery next(RunningReader<byte[]> reader) {
    return Delivery.decode(reader.next());
  }

  /** Serves one file, or does what the test says. */
  private static final class FakeServer implements AutoCloseable {

    private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    private final Map<String, List<String>> headers = new ConcurrentHashMap<>();
    private final List<Long> moments = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Served served = new Served(new byte[0], null);
    private volatile int status = 200;
    private volatile boolean endless;
    private volatile boolean silent;
    private volatile boolean hungUp;
    private final AtomicLong poured = new AtomicLong();
    private volatile @Nullable String token;
    private volatile @Nullable String retryAfter;
    private volatile @Nullable String location;
    private @Nullable HttpServer http;

    void start() throws IOException {
      HttpServer started =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      started.createContext("/", this::handle);
      started.setExecutor(threads);
      started.start();
      http = started;
    }

    URI uri() {
      if (http == null) {
        throw new IllegalStateException("not started");
      }
      return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/rules.tar.gz");
    }

    void serve(byte[] body, @Nullable String tag) {
      served = new Served(body, tag);
    }

    int count(int answer) {
      return answers.getOrDefault(answer, 0);
    }

    List<String> asked(String header) {
      return headers.getOrDefault(header, List.of());
    }

    private void handle(HttpExchange exchange) throws IOException {
      moments.add(System.nanoTime());
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) ->
                  headers
                      .computeIfAbsent(name, key -> new CopyOnWriteArrayList<>())
                      .addAll(values));
      if (retryAfter != null) {
        exchange.getResponseHeaders().add("Retry-After", retryAfter);
      }
      if (location != null) {
        exchange.getResponseHeaders().add("Location", location);
      }
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      if (token != null && !("Bearer " + token).equals(authorization)) {
        answer(exchange, 401, new byte[0]);
      } else if (endless || silent) {
        exchange.sendResponseHeaders(200, 0);
        pour(exchange);
      } else if (status != 200) {
        answer(exchange, status, new byte[0]);
      } else {
        file(exchange);
      }
    }

    private void file(HttpExchange exchange) throws IOException {
      Served file = served;
      exchange.getResponseHeaders().add("Last-Modified", TIME);
      if (file.tag() != null) {
        exchange.getResponseHeaders().add("ETag", file.tag());
        if (file.tag().equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
          answer(exchange, 304, new byte[0]);
          return;
        }
      }
      answer(exchange, 200, file.body());
    }

    private void answer(HttpExchange exchange, int code, byte[] body) throws IOException {
      answers.merge(code, 1, Integer::sum);
      exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
      exchange.close();
    }

    private void pour(HttpExchange exchange) {
      byte[] block = new byte[1 << 16];
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(block);
        body.flush();
        while (endless) {
          body.write(block);
          poured.addAndGet(hungUp ? 0 : block.length);
        }
        Await.until("the client to leave", () -> !silent);
      } catch (IOException e) {
        hungUp = true;
      }
    }

    @Override
    public void close() {
      endless = false;
      silent = false;
      if (http != null) {
        http.stop(0);
      }
      threads.shutdownNow();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Only handed on.
  private record Served(byte[] body, @Nullable String tag) {}
}
