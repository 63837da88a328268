package dev.lockstep.connector.kafka;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.latest.KeyedPieces;
import dev.lockstep.connector.latest.LatestValueProducer;
import dev.lockstep.connector.latest.LatestValueSource;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

/**
 * Emits what all bundles of a compacted topic make together: at the start, when the topic is read
 * to its end, and whenever that changes, some milliseconds after a record was committed. A record
 * without a value takes its key's bundle away. What is no bundle leaves the last good one of its
 * key in force; a topic that is empty or away takes nothing away.
 *
 * <p>What a record means is not this connector's business: it hands records to {@link KeyedPieces}.
 *
 * <p>Metrics of the reader: {@code bundlesRead}, {@code rulesRefused} (records that are no bundle),
 * {@code rulesFailures} (how often it became unreadable) and {@code rulesReadable} (1 or 0).
 */
public final class KafkaRulesSource extends LatestValueSource<byte[]> {

  private static final long serialVersionUID = 1L;

  private final KafkaSettings settings;
  private final String topic;
  private final KeyedPieces.Factory pieces;

  /** Reads the topic in all its partitions, without a consumer group. */
  public KafkaRulesSource(KafkaSettings settings, String topic, KeyedPieces.Factory pieces) {
    this.settings = requireNonNull(settings, "settings is null");
    this.topic = requireNonNull(topic, "topic is null");
    this.pieces = requireNonNull(pieces, "pieces is null");
  }

  @Override
  protected LatestValueProducer<byte[]> createProducer(SourceReaderMetricGroup metrics) {
    return new KafkaRulesProducer(settings, topic, pieces, metrics);
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
