package dev.lockstep.connector.customers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.latest.LatestValueProducer;
import dev.lockstep.connector.latest.LatestValueSource;
import java.nio.file.Path;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

/**
 * Emits the text of a customer directory file: at the start and whenever it changes, well within a
 * second. What cannot be read leaves the last text in force; whether the text is a good directory
 * is for its reader to say.
 *
 * <p>Metrics of the reader: {@code customerFilesRead}, {@code customerFileReadable} (1 or 0).
 */
public final class CustomerFileSource extends LatestValueSource<String> {

  private static final long serialVersionUID = 1L;

  private final String file;

  /** Watches the file of this path on the task's file system. */
  public CustomerFileSource(String file) {
    if (requireNonNull(file, "file is null").isBlank()) {
      throw new IllegalArgumentException("file must not be blank");
    }
    this.file = file;
  }

  @Override
  protected LatestValueProducer<String> createProducer(SourceReaderMetricGroup metrics) {
    return new CustomerFileProducer(Path.of(file), metrics);
  }

  @Override
  protected byte[] encode(String text) {
    return text.getBytes(UTF_8);
  }

  @Override
  protected String decode(byte[] encoded) {
    return new String(encoded, UTF_8);
  }
}
