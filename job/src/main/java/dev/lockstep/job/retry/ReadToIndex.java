package dev.lockstep.job.retry;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.EventToIndex;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Reads the record of an event that Elasticsearch refused as it was read when it came in: its
 * document has the id of the first time. One that makes no event any more stays a letter.
 */
final class ReadToIndex implements MapFunction<DeadLetterRecord, EventToIndex> {

  private static final long serialVersionUID = 1L;

  private final RecordsAgain records;

  ReadToIndex(RecordsAgain records) {
    this.records = records;
  }

  @Override
  public EventToIndex map(DeadLetterRecord letter) {
    return EventToIndex.again(letter, records.again(letter));
  }
}
