package dev.lockstep.index;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A line on loopback to a server, which a test can cut and mend; the server notices nothing. */
final class Line implements AutoCloseable {

  private final InetSocketAddress server;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> open = new ArrayList<>();
  private boolean cut;
  private int refused;

  private Line(URI server) throws IOException {
    this.server = new InetSocketAddress(server.getHost(), server.getPort());
    this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  static Line to(URI server) throws IOException {
    return new Line(server);
  }

  /** Where clients connect to. */
  URI uri() {
    return URI.create("http://" + server.getHostString() + ":" + listener.getLocalPort());
  }

  /** Ends all connections, and each new one as soon as it is made. */
  synchronized void cut() throws IOException {
    cut = true;
    closeAll();
  }

  synchronized void mend() {
    cut = false;
  }

  /** How many connections have been ended because the line was cut. */
  synchronized int refused() {
    return refused;
  }

  @Override
  public synchronized void close() throws IOException {
    listener.close();
    closeAll();
    threads.shutdown();
  }

  private void closeAll() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    open.clear();
  }

  private void accept() {
    try {
      while (true) {
        connect(listener.accept());
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private synchronized void connect(Socket client) throws IOException {
    if (cut) {
      refused++;
      client.close();
      return;
    }
    Socket upstream = new Socket(server.getAddress(), server.getPort());
    open.add(client);
    open.add(upstream);
    threads.execute(() -> pass(client, upstream));
    threads.execute(() -> pass(upstream, client));
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One of the two has gone, and the other with it.
    }
  }
}
