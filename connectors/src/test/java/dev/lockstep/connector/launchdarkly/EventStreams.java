package dev.lockstep.connector.launchdarkly;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The open server-sent streams of a server. */
final class EventStreams {

  private final List<HttpExchange> open = new CopyOnWriteArrayList<>();

  /** Opens a stream and sends its first events. */
  void open(HttpExchange exchange, String events) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    open.add(exchange);
    write(exchange, events);
  }

  int count() {
    return open.size();
  }

  /** Sends to all; who is not there any more is forgotten. */
  void send(String text) {
    open.removeIf(stream -> !reaches(stream, text));
  }

  /** Cuts all connections, in the midst of an answer that has no end. */
  void cut() {
    open.forEach(HttpExchange::close);
    open.clear();
  }

  static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }

  private static boolean reaches(HttpExchange stream, String text) {
    try {
      write(stream, text);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void write(HttpExchange stream, String text) throws IOException {
    OutputStream out = stream.getResponseBody();
    out.write(text.getBytes(UTF_8));
    out.flush();
  }
}
