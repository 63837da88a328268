package dev.lockstep.connector.content;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.latest.LatestValueProducer;
import dev.lockstep.connector.latest.LatestValueSource;
import java.nio.file.Path;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

/**
 * Emits the rules of a directory tree as one encoded {@code Delivery}: at the start and whenever
 * their content changes, well within a second. What cannot be read leaves the last bundle in force.
 *
 * <p>It looks at {@code *.yml}, {@code *.yaml} and bundles ({@code *.tar.gz}, as {@code lockstep
 * rules bundle} makes them) below the directory, through symbolic links, but not at {@code
 * *.test.yml}, {@code *.test.yaml} and names that start with a dot. A directory without any rules
 * is treated as unreadable, since a volume that is not mounted looks just like that; so is one with
 * a bundle that is not what its manifest says.
 *
 * <p>Metrics of the reader: {@code bundlesRead}, {@code directoryFailures} (how often it became
 * unreadable) and {@code directoryReadable} (1 or 0).
 */
public final class RuleDirectorySource extends LatestValueSource<byte[]> {

  private static final long serialVersionUID = 1L;

  // A Path is not Serializable.
  private final String directory;

  /** Watches a directory that must be there on the task, not where the job is submitted. */
  public RuleDirectorySource(Path directory) {
    this(requireNonNull(directory, "directory is null").toString());
  }

  /** Watches the directory of this path on the task's file system. */
  public RuleDirectorySource(String directory) {
    if (requireNonNull(directory, "directory is null").isBlank()) {
      throw new IllegalArgumentException("directory must not be blank");
    }
    this.directory = directory;
  }

  @Override
  protected LatestValueProducer<byte[]> createProducer(SourceReaderMetricGroup metrics) {
    return new RuleDirectoryProducer(Path.of(directory), metrics);
  }

  @Override
  protected byte[] encode(byte[] delivery) {
    return delivery;
  }

  @Override
  protected byte[] decode(byte[] encoded) {
    return encoded;
  }
}
