package dev.lockstep.job.retry;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.EventToIndex;
import dev.lockstep.connector.wire.RecordDecoder;
import dev.lockstep.event.EnvelopeLayout;
import dev.lockstep.event.EnvelopeReader;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads the record of an event that Elasticsearch refused as it was read when it came in: its
 * document has the id of the first time. One that makes no event any more stays a letter.
 */
final class ReadToIndex extends RichMapFunction<DeadLetterRecord, EventToIndex> {

  private static final long serialVersionUID = 1L;

  // -- configuration
  private final EnvelopeLayout layout;

  // -- runtime
  private transient @Nullable RecordDecoder decoder;

  ReadToIndex(EnvelopeLayout layout) {
    this.layout = layout;
  }

  @Override
  public void open(OpenContext context) {
    decoder = new RecordDecoder(new EnvelopeReader(layout));
  }

  @Override
  public EventToIndex map(DeadLetterRecord letter) {
    return EventToIndex.again(letter, requireNonNull(decoder, "open was not called").again(letter));
  }
}
