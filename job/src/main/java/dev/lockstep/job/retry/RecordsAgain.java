package dev.lockstep.job.retry;

import dev.lockstep.connector.files.FileRecordsAgain;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.connector.wire.RecordDecoder;
import dev.lockstep.event.EnvelopeReader;
import dev.lockstep.job.config.LockstepConfig;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Reads the record of a letter as it was read when it came in, from a topic or a file. For one
 * thread.
 */
final class RecordsAgain implements Serializable {

  private static final long serialVersionUID = 1L;

  // -- configuration
  private final LockstepConfig.Events events;
  private final LockstepConfig.EventFiles files;

  // -- runtime
  private transient @Nullable RecordDecoder ofTopic;
  private transient @Nullable FileRecordsAgain ofFiles;

  RecordsAgain(LockstepConfig config) {
    this.events = config.events();
    this.files = config.files();
  }

  /** Never throws on bad input. */
  DecodedRecord again(DeadLetterRecord letter) {
    if (ofTopic == null || ofFiles == null) {
      ofTopic = new RecordDecoder(new EnvelopeReader(events.layout()));
      ofFiles = new FileRecordsAgain(files.sources());
    }
    RecordDecoder topic = ofTopic;
    return ofFiles.again(letter).orElseGet(() -> topic.again(letter));
  }
}
