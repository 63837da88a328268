package dev.lockstep.connector.launchdarkly;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A LaunchDarkly on loopback that speaks the streaming and polling protocol of its server SDKs
 * (version 1) and does what a test says. Safe for use by several threads.
 */
public final class LaunchDarklyServer implements AutoCloseable {

  /** The key that is accepted at first. */
  public static final String SDK_KEY = "sdk-11111111-2222-3333-4444-555555555555";

  private static final String STREAM = "/all";
  private static final String POLL = "/sdk/latest-all";
  private static final String HALF_A_SET = "{\"flags\":{\"lockstep-egress\":{\"key\":";

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final EventStreams streams = new EventStreams();
  private final List<HttpExchange> unanswered = new CopyOnWriteArrayList<>();
  private final ServedFlags flags = new ServedFlags();
  private final int port;
  private ExecutorService threads;
  private HttpServer server;

  private volatile String acceptedKey = SDK_KEY;
  private volatile Answer answer = this::serve;

  /** Listens at a free port; {@code set} is a whole set, {@code {"flags":…,"segments":…}}. */
  public LaunchDarklyServer(String set) throws IOException {
    flags.replace(set);
    this.threads = Executors.newCachedThreadPool();
    this.server = listen(0);
    this.port = server.getAddress().getPort();
  }

  private HttpServer listen(int atPort) throws IOException {
    HttpServer listening =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), atPort), 0);
    listening.setExecutor(threads);
    listening.createContext(STREAM, exchange -> answer.to(exchange));
    listening.createContext(POLL, exchange -> answer.to(exchange));
    listening.start();
    return listening;
  }

  /** Returns the base address of stream and polling; the same after a restart. */
  public URI uri() {
    return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port);
  }

  /** One line per request: path and answered status, or that it got no answer. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** How many clients listen to the stream. */
  public int listeners() {
    return streams.count();
  }

  /** Returns the version of the flags that are served now, as decisions under them name it. */
  public String version() {
    try {
      return flags.version();
    } catch (FlagSetRefusedException e) {
      throw new IllegalStateException("What is served has no version: " + e.reason(), e);
    }
  }

  /** Sends a whole set to all listeners, and to each that comes. */
  public synchronized void put(String set) {
    flags.replace(set);
    streams.send(putEvent(flags.json()));
  }

  /** Sends one item, path as {@code /flags/KEY}; it is part of later puts if it is newer. */
  public synchronized void patch(String path, String item) {
    flags.patch(path, item);
    sendEvent("patch", "{\"path\":\"" + path + "\",\"data\":" + item + "}");
  }

  /** Sends the end of one item. */
  public synchronized void delete(String path, int version) {
    flags.delete(path, version);
    sendEvent("delete", "{\"path\":\"" + path + "\",\"version\":" + version + "}");
  }

  /** Sends an event of any kind, well-formed or not; the flags that are served stay. */
  public synchronized void sendEvent(String name, String data) {
    streams.send(EventStreams.event(name, data));
  }

  /** Sends the first half of a put; whatever follows would be its other half. */
  public synchronized void sendHalfAPut() {
    streams.send("event: put\ndata: {\"path\":\"/\",\"data\":" + HALF_A_SET);
  }

  /** Sends what keeps a quiet stream alive. */
  public synchronized void heartbeat() {
    streams.send(":\n");
  }

  /** Ends all streams, and requests without an answer. */
  public synchronized void drop() {
    streams.cut();
    unanswered.forEach(HttpExchange::close);
    unanswered.clear();
  }

  /** Answers every request with this status, until {@link #recover}. */
  public void failWith(int status) {
    answer = exchange -> refuse(exchange, status);
  }

  /** Accepts every request and never answers, until {@link #recover}. */
  public void hang() {
    answer =
        exchange -> {
          unanswered.add(exchange);
          log(exchange, "no answer");
        };
  }

  /** Answers every request with half a set, until {@link #recover}. */
  public void garble() {
    answer = exchange -> serve(exchange, HALF_A_SET + "\n\n");
  }

  /** Answers well again; what has no answer yet gets none. */
  public void recover() {
    answer = this::serve;
    drop();
  }

  /** Answers 401 to every other key. */
  public void accept(String key) {
    acceptedKey = key;
  }

  /** Goes away with all connections. */
  public synchronized void stop() {
    server.stop(0);
    streams.cut();
    unanswered.clear();
    threads.shutdownNow();
  }

  /** Comes back at the same port. */
  public synchronized void restart(String set) throws IOException {
    flags.replace(set);
    threads = Executors.newCachedThreadPool();
    server = listen(port);
  }

  @Override
  public void close() {
    stop();
  }

  private void serve(HttpExchange exchange) throws IOException {
    serve(exchange, null);
  }

  private void serve(HttpExchange exchange, @Nullable String garbage) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("Authorization");
    if (!acceptedKey.equals(key)) {
      refuse(exchange, 401);
    } else if (exchange.getRequestURI().getPath().equals(STREAM)) {
      openStream(exchange, garbage);
    } else {
      answerPoll(exchange, garbage == null ? flags.json() : garbage);
    }
  }

  private void refuse(HttpExchange exchange, int status) throws IOException {
    log(exchange, Integer.toString(status));
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private synchronized void openStream(HttpExchange exchange, @Nullable String garbage)
      throws IOException {
    log(exchange, "200");
    streams.open(exchange, putEvent(garbage == null ? flags.json() : garbage));
  }

  private void answerPoll(HttpExchange exchange, String body) throws IOException {
    String tag = "\"" + Integer.toHexString(body.hashCode()) + "\"";
    if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      refuse(exchange, 304);
      return;
    }
    log(exchange, "200");
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("ETag", tag);
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private void log(HttpExchange exchange, String outcome) {
    requests.add(exchange.getRequestURI().getPath() + " " + outcome);
  }

  private static String putEvent(String set) {
    return EventStreams.event("put", "{\"path\":\"/\",\"data\":" + set + "}");
  }

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }
}
