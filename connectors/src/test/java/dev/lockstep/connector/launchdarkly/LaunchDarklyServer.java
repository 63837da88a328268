package dev.lockstep.connector.launchdarkly;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A LaunchDarkly on loopback that speaks the streaming and polling protocol of its server SDKs
 * (version 1) and does what a test says. Safe for use by several threads.
 */
final class LaunchDarklyServer implements AutoCloseable {

  /** The key that is accepted at first. */
  static final String SDK_KEY = "sdk-11111111-2222-3333-4444-555555555555";

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<OutputStream> streams = new CopyOnWriteArrayList<>();
  private final int port;
  private ExecutorService threads;
  private HttpServer server;

  private volatile String acceptedKey = SDK_KEY;
  private volatile int failure;
  private volatile String all;

  /** Listens at a free port; {@code all} is a whole set, {@code {"flags":…,"segments":…}}. */
  LaunchDarklyServer(String all) throws IOException {
    this.all = all;
    this.threads = Executors.newCachedThreadPool();
    this.server = listen(0);
    this.port = server.getAddress().getPort();
  }

  private HttpServer listen(int atPort) throws IOException {
    HttpServer listening =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), atPort), 0);
    listening.setExecutor(threads);
    listening.createContext("/all", exchange -> answer(exchange, this::openStream));
    listening.createContext("/sdk/latest-all", exchange -> answer(exchange, this::answerPoll));
    listening.start();
    return listening;
  }

  URI uri() {
    return URI.create("http://" + server.getAddress().getHostString() + ":" + port);
  }

  /** One line per request: path and answered status. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** How many clients listen to the stream. */
  int listeners() {
    return streams.size();
  }

  /** Sends a whole set to all listeners, and to each that comes. */
  synchronized void put(String set) {
    all = set;
    send(putEvent());
  }

  /** Sends one item, path as {@code /flags/KEY}; later listeners do not get it. */
  synchronized void patch(String path, String item) {
    send("event: patch\ndata: {\"path\":\"" + path + "\",\"data\":" + item + "}\n\n");
  }

  /** Sends the end of one item. */
  synchronized void delete(String path, int version) {
    send("event: delete\ndata: {\"path\":\"" + path + "\",\"version\":" + version + "}\n\n");
  }

  /** Sends what keeps a quiet stream alive. */
  synchronized void heartbeat() {
    send(":\n");
  }

  /** Cuts all streams. */
  synchronized void drop() {
    for (OutputStream stream : streams) {
      close(stream);
    }
    streams.clear();
  }

  /** Answers every request with this status; 0 ends that. */
  void failWith(int status) {
    failure = status;
  }

  /** Answers 401 to every other key. */
  void accept(String key) {
    acceptedKey = key;
  }

  /** Goes away with all connections. */
  synchronized void stop() {
    server.stop(0);
    streams.clear();
    threads.shutdownNow();
  }

  /** Comes back at the same port. */
  synchronized void restart(String set) throws IOException {
    all = set;
    threads = Executors.newCachedThreadPool();
    server = listen(port);
  }

  @Override
  public void close() {
    stop();
  }

  private void answer(HttpExchange exchange, Answer good) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("Authorization");
    int status = failure != 0 ? failure : acceptedKey.equals(key) ? 200 : 401;
    requests.add(exchange.getRequestURI().getPath() + " " + status);
    if (status == 200) {
      good.send(exchange);
    } else {
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    }
  }

  private synchronized void openStream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream stream = exchange.getResponseBody();
    streams.add(stream);
    write(stream, putEvent());
  }

  private void answerPoll(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    byte[] body = all.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private String putEvent() {
    return "event: put\ndata: {\"path\":\"/\",\"data\":" + all + "}\n\n";
  }

  private void send(String event) {
    streams.removeIf(stream -> !reaches(stream, event));
  }

  private static boolean reaches(OutputStream stream, String event) {
    try {
      write(stream, event);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void write(OutputStream stream, String event) throws IOException {
    stream.write(event.getBytes(UTF_8));
    stream.flush();
  }

  private static void close(OutputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cutting a stream failed", e);
    }
  }

  private interface Answer {
    void send(HttpExchange exchange) throws IOException;
  }
}
