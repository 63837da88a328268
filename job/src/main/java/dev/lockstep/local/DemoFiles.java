package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.local.BalancerTraffic.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the log of a customer's load balancer as files, one each second, in a thread of its own:
 * written under a name that nobody reads, and then moved to their own. It knows which alerts must
 * come of them.
 */
final class DemoFiles implements AutoCloseable {

  static final String CUSTOMER = "hooli";

  /** How far lines of files, and records of a partition, may be out of order in the demo. */
  static final Duration OUT_OF_ORDER = Duration.ofSeconds(5);

  private static final int CUT_OFF_EVERY = 20;

  private final Path folder;
  private final BalancerTraffic traffic;
  private final ExpectedAlerts expected;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "demo-files");
  private volatile boolean stopped;
  private volatile int files;
  private volatile long lines;

  /**
   * @param folder below which the files of all customers are
   * @param expected is told which alerts must come
   */
  DemoFiles(Path folder, BalancerTraffic traffic, ExpectedAlerts expected) {
    this.folder = folder;
    this.traffic = traffic;
    this.expected = expected;
    thread.setDaemon(true);
  }

  /** Returns the options by which the engine reads the files below a folder. */
  static Map<String, String> options(Path folder) {
    return Map.of(
        "files.sources.balancers.path", folder.toUri() + BalancerLog.pattern(),
        "files.sources.balancers.format", "alb",
        "files.discovery-interval", "1 s",
        // Files are moved in.
        "files.quiet-time", "0 s",
        "files.max-out-of-orderness", OUT_OF_ORDER.toSeconds() + " s");
  }

  void start() {
    thread.start();
  }

  /** Ends it; all that it has begun is delivered then. */
  void stop() throws InterruptedException {
    stopped = true;
    LockSupport.unpark(thread);
    thread.join();
    check();
  }

  /** Fails if files cannot be delivered any more. */
  void check() {
    Exception failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("Delivering files failed: " + failed.getMessage(), failed);
    }
  }

  int files() {
    return files;
  }

  long lines() {
    return lines;
  }

  private void run() {
    try {
      Instant from = Instant.now();
      for (int second = 0; !stopped; second++) {
        Instant to = from.plusSeconds(1);
        while (!stopped && Instant.now().isBefore(to)) {
          LockSupport.parkNanos(Duration.between(Instant.now(), to).toNanos());
        }
        if (!stopped) {
          deliver(second, from, to);
          from = to;
        }
      }
    } catch (IOException | RuntimeException e) {
      failure.set(e);
    }
  }

  private void deliver(int second, Instant from, Instant to) throws IOException {
    Path file = folder.resolve(BalancerLog.path(CUSTOMER, to, second));
    List<Request> requests = traffic.second(second);
    Duration step = Duration.between(from, to).dividedBy(requests.size() + 1L);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    Instant at = from;
    long number = lines;
    for (Request request : requests) {
      at = at.plus(step);
      expect(request, eventId(file, content.size()), at);
      content.writeBytes((BalancerLog.line(request, at, number++) + "\n").getBytes(UTF_8));
    }
    if (second % CUT_OFF_EVERY == CUT_OFF_EVERY - 1) {
      String line = BalancerLog.line(requests.get(0), at, number++);
      content.writeBytes((line.substring(0, line.length() / 3) + "\n").getBytes(UTF_8));
    }
    Files.createDirectories(file.getParent());
    Path next = file.resolveSibling("." + file.getFileName());
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(next))) {
      content.writeTo(out);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    lines = number;
    files = second + 1;
  }

  /** As the engine makes it: of an event that states none, path and offset. */
  private static String eventId(Path file, int offset) {
    return new org.apache.flink.core.fs.Path(file.toUri()) + "@" + offset;
  }

  private void expect(Request request, String event, Instant at) {
    if (request.rule() != null) {
      expected.ofEvent(request.rule(), event, at);
    }
    if (request.group() != null) {
      expected.ofGroup(request.group(), request.client(), at);
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    LockSupport.unpark(thread);
    thread.join();
  }
}
