package dev.lockstep.connector.customers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.connector.latest.LatestValueProducer;
import dev.lockstep.connector.watch.FileStamp;
import dev.lockstep.connector.watch.FileWatch;
import dev.lockstep.connector.watch.WatchedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers the text of a file whenever it changes. */
final class CustomerFileProducer implements LatestValueProducer<String>, WatchedFiles<String> {

  private static final Logger LOG = LoggerFactory.getLogger(CustomerFileProducer.class);
  private static final Duration SETTLING = Duration.ofMillis(250);

  /** What its reader takes, and what broadcast state should hold of it in every subtask. */
  private static final long MAX_BYTES = 4L * 1024 * 1024;

  private final Path file;
  private final FileWatch<String> watch;
  private final Counter filesRead;

  private Consumer<String> offer = text -> {};
  private @Nullable String last;
  private volatile boolean readable = true;

  CustomerFileProducer(Path file, MetricGroup metrics) {
    this.file = file;
    this.watch = new FileWatch<>("lockstep-customer-file", SETTLING, this);
    this.filesRead = metrics.counter("customerFilesRead", new ThreadSafeSimpleCounter());
    metrics.gauge("customerFileReadable", () -> readable ? 1 : 0);
  }

  @Override
  public void start(@Nullable String restored, Consumer<String> offer) {
    this.offer = offer;
    this.last = restored;
    watch.start();
  }

  @Override
  public SortedMap<Path, FileStamp> list() throws IOException {
    SortedMap<Path, FileStamp> stamps = new TreeMap<>();
    stamps.put(file, FileStamp.of(file));
    return stamps;
  }

  @Override
  public String read(SortedMap<Path, FileStamp> files) throws IOException {
    long size = Files.size(file);
    if (size > MAX_BYTES) {
      throw new IOException("it has " + size + " bytes, at most " + MAX_BYTES + " are read");
    }
    return Files.readString(file, UTF_8);
  }

  @Override
  public void accept(String text) {
    if (!readable) {
      readable = true;
      LOG.info("The customers in {} can be read again", file);
    }
    if (!text.equals(last)) {
      last = text;
      filesRead.inc();
      offer.accept(text);
    }
  }

  /** Warns once per outage. */
  @Override
  public void unreadable(IOException cause) {
    if (readable) {
      readable = false;
      LOG.warn("Cannot read the customers in {}; the last ones stay in force", file, cause);
    }
  }

  @Override
  public void close() {
    watch.close();
  }
}
