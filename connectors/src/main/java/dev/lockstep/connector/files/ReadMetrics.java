package dev.lockstep.connector.files;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/**
 * What there is to see of the reading of files, in all and by customer. Safe for use by several
 * threads as far as asking for a customer and counting bytes goes; the other counters are for one.
 */
final class ReadMetrics {

  final Counter retries;
  private final Counter bytes;
  private final MetricGroup group;
  private final Map<String, OfCustomer> customers = new HashMap<>();

  ReadMetrics(MetricGroup group) {
    this.group = group;
    this.bytes = group.counter("fileBytesRead", new ThreadSafeSimpleCounter());
    this.retries = group.counter("fileRetries");
  }

  /** Returns what is counted of a customer; beyond a bound, customers share one. */
  synchronized OfCustomer of(String customer) {
    boolean own = customers.containsKey(customer) || customers.size() < SearchMetrics.MAX_CUSTOMERS;
    return customers.computeIfAbsent(own ? customer : SearchMetrics.OTHER, this::register);
  }

  private OfCustomer register(String label) {
    MetricGroup ofCustomer = group.addGroup("customer", label);
    return new OfCustomer(
        new Both(bytes, ofCustomer.counter("customerFileBytesRead", new ThreadSafeSimpleCounter())),
        ofCustomer.counter("customerFileEventsRead"),
        ofCustomer.counter("customerFileLetters"));
  }

  /**
   * Counters of one customer.
   *
   * @param bytes as they lie in files
   * @param events records that became one
   * @param letters records that became none, and files of which something was not read
   */
  record OfCustomer(Counter bytes, Counter events, Counter letters) {}

  /** Counts on two counters at once, and shows the second. */
  private record Both(Counter all, Counter own) implements Counter {

    @Override
    public void inc() {
      inc(1);
    }

    @Override
    public void inc(long number) {
      all.inc(number);
      own.inc(number);
    }

    @Override
    public void dec() {
      inc(-1);
    }

    @Override
    public void dec(long number) {
      inc(-number);
    }

    @Override
    public long getCount() {
      return own.getCount();
    }
  }
}
