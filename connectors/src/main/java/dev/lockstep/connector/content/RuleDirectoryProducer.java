package dev.lockstep.connector.content;

import dev.lockstep.connector.latest.LatestValueProducer;
import dev.lockstep.connector.watch.FileStamp;
import dev.lockstep.connector.watch.FileWatch;
import dev.lockstep.connector.watch.WatchedFiles;
import dev.lockstep.content.Delivery;
import dev.lockstep.content.DeliveryCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers what a directory holds whenever it changes. */
final class RuleDirectoryProducer implements LatestValueProducer<byte[]>, WatchedFiles<Delivery> {

  private static final Logger LOG = LoggerFactory.getLogger(RuleDirectoryProducer.class);
  private static final Duration SETTLING = Duration.ofMillis(250);

  private final Path directory;
  private final RuleTree tree;
  private final DeliveryCodec codec = new DeliveryCodec();
  private final FileWatch<Delivery> watch;
  private final Counter bundlesRead;
  private final Counter directoryFailures;

  private Consumer<byte[]> offer = delivery -> {};
  private @Nullable Delivery last;
  private @Nullable Instant newest;
  private volatile boolean readable = true;

  RuleDirectoryProducer(Path directory, MetricGroup metrics) {
    this.directory = directory;
    this.tree = new RuleTree(directory);
    this.watch = new FileWatch<>("lockstep-rule-directory", SETTLING, this);
    this.bundlesRead = metrics.counter("bundlesRead", new ThreadSafeSimpleCounter());
    this.directoryFailures = metrics.counter("directoryFailures", new ThreadSafeSimpleCounter());
    metrics.gauge("directoryReadable", () -> readable ? 1 : 0);
  }

  @Override
  public void start(byte @Nullable [] restored, Consumer<byte[]> offer) {
    this.offer = offer;
    if (restored != null) {
      last = codec.decode(restored);
      newest = last.publishedAt();
    }
    watch.start();
  }

  @Override
  public SortedMap<Path, FileStamp> list() throws IOException {
    SortedMap<Path, FileStamp> files = tree.list();
    // At a start too: the folder may be about to be filled, and events that are judged by no rule
    // are events lost. Whoever wants no rules leaves one file without any.
    if (files.isEmpty()) {
      throw new IOException("there is no rule file in it");
    }
    return files;
  }

  @Override
  public Delivery read(SortedMap<Path, FileStamp> files) throws IOException {
    return tree.read(files, new KnownDocuments(last));
  }

  /** A bundle is what its manifest says, or cannot be read. */
  @Override
  public boolean proveThemselves(Set<Path> changed) {
    return changed.stream().allMatch(RuleTree::isArchive);
  }

  @Override
  public void accept(Delivery found) {
    Delivery delivery = timed(found);
    if (!readable) {
      readable = true;
      LOG.info("The rules in {} can be read again", directory);
    }
    if (!delivery.bringsWhat(last)) {
      last = delivery;
      bundlesRead.inc();
      LOG.info("Read {} rule files {}", delivery.bundle().documents().size(), delivery.parts());
      offer.accept(codec.encode(delivery));
    }
  }

  /** Of what was removed, or replaced by something older, nobody knows when that was. */
  private Delivery timed(Delivery found) {
    Instant before = newest;
    newest = found.publishedAt();
    boolean newer = before == null || (newest != null && newest.isAfter(before));
    return newer ? found : found.withoutTime();
  }

  /** Counts and warns once per outage. */
  @Override
  public void unreadable(IOException cause) {
    if (readable) {
      readable = false;
      directoryFailures.inc();
      LOG.warn("Cannot read the rules in {}; the last ones stay in force", directory, cause);
    }
  }

  @Override
  public void close() {
    watch.close();
  }
}
