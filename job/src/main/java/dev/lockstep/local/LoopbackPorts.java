package dev.lockstep.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.SecureRandom;

/** TCP ports on 127.0.0.1 for the services that run here. */
public final class LoopbackPorts {

  public static final String HOST = "127.0.0.1";

  /**
   * Below the range that the kernel gives to outgoing connections: there, a client that keeps
   * calling a server that is down can connect to itself and take the server's port for good.
   */
  private static final int FIRST = 20_000;

  private static final int COUNT = 12_000;
  private static final int ATTEMPTS = 1_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  private LoopbackPorts() {}

  /** Returns a port that nobody listens on now. */
  public static int free() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = FIRST + RANDOM.nextInt(COUNT);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("No free port on " + HOST + " after " + ATTEMPTS + " tries");
  }

  /**
   * Returns the wanted port, or a free one for 0.
   *
   * @throws IllegalStateException if the wanted port is in use
   */
  static int wantedOrFree(String service, int wanted) {
    if (wanted == 0) {
      return free();
    }
    if (!isFree(wanted)) {
      throw new IllegalStateException(
          "Port " + wanted + " for " + service + " is in use on " + HOST + ": choose another one");
    }
    return wanted;
  }

  public static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // A server that was killed leaves connections in TIME_WAIT; they do not occupy its port.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Not the JVM's loopback address: that one is ::1 where IPv6 is preferred. */
  private static InetAddress address() throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }
}
