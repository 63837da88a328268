package dev.lockstep.connector.files;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What there is to see of the search for files. Gauges are read by other threads than the one that
 * sets them. Not safe for use by several threads that set them.
 */
final class SearchMetrics {

  /** So many customers have gauges of their own; the others share one. */
  static final int MAX_CUSTOMERS = 200;

  static final String OTHER = "other";

  final Counter discovered;
  final Counter done;
  final Counter failed;
  final Counter changed;
  final Counter listingFailures;
  private final MetricGroup group;
  private final Map<String, OfCustomer> customers = new HashMap<>();
  private volatile long pending;
  private volatile long pendingBytes;
  private volatile long oldestPendingAgeMillis;
  private volatile long tooOld;
  private volatile long remembered;
  private volatile long lookedAtMillis;

  SearchMetrics(MetricGroup group, Clock clock) {
    this.group = group;
    lookedAtMillis = clock.millis();
    discovered = group.counter("filesDiscovered");
    done = group.counter("filesDone");
    failed = group.counter("filePartsFailed");
    changed = group.counter("filesChanged");
    listingFailures = group.counter("fileListingFailures");
    group.gauge("filesPending", () -> pending);
    group.gauge("filesPendingBytes", () -> pendingBytes);
    group.gauge("filesOldestPendingMillis", () -> oldestPendingAgeMillis);
    group.gauge("filesTooOld", () -> tooOld);
    group.gauge("filesRemembered", () -> remembered);
    group.gauge("fileListingAgeSeconds", () -> (clock.millis() - lookedAtMillis) / 1000);
  }

  /** All of a file has been read, or given up. */
  void done(String customer) {
    done.inc();
    String label = label(customer);
    register(label);
    requireNonNull(customers.get(label), "it was registered").done.inc();
  }

  /** All folders have been looked at; its age tells a search that fails, and one that hangs. */
  void lookedAt(long atMillis) {
    lookedAtMillis = atMillis;
  }

  void pending(PendingFiles files) {
    pending = files.files().size();
    pendingBytes = files.bytes().values().stream().mapToLong(Long::longValue).sum();
  }

  void oldest(long waitingSinceMillis, long nowMillis) {
    oldestPendingAgeMillis = nowMillis - Math.min(nowMillis, waitingSinceMillis);
  }

  void known(int rememberedFiles, long tooOldFiles) {
    remembered = rememberedFiles;
    tooOld = tooOldFiles;
  }

  /** Shows what waits of whom, and what is with readers. */
  void customers(Map<String, Long> waiting, Map<String, Long> inFlight) {
    Map<String, long[]> bytes = new HashMap<>();
    waiting.forEach(
        (customer, more) ->
            bytes.computeIfAbsent(label(customer), unused -> new long[2])[0] += more);
    inFlight.forEach(
        (customer, more) ->
            bytes.computeIfAbsent(label(customer), unused -> new long[2])[1] += more);
    bytes.keySet().forEach(this::register);
    customers.forEach(
        (label, gauge) -> {
          long[] now = bytes.getOrDefault(label, new long[2]);
          gauge.pending = now[0];
          gauge.inFlight = now[1];
        });
  }

  private String label(String customer) {
    if (customers.containsKey(customer)) {
      return customer;
    }
    if (customer.equals(OTHER) || customers.size() >= MAX_CUSTOMERS) {
      return OTHER;
    }
    register(customer);
    return customer;
  }

  private void register(String label) {
    if (!customers.containsKey(label)) {
      MetricGroup ofCustomer = group.addGroup("customer", label);
      OfCustomer gauge = new OfCustomer(ofCustomer.counter("customerFilesDone"));
      customers.put(label, gauge);
      ofCustomer.gauge("customerFileBytesPending", () -> gauge.pending);
      ofCustomer.gauge("customerFileBytesInFlight", () -> gauge.inFlight);
    }
  }

  private static final class OfCustomer {
    private final Counter done;
    private volatile long pending;
    private volatile long inFlight;

    OfCustomer(Counter done) {
      this.done = done;
    }
  }
}
