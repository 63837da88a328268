package dev.lockstep.connector.files;

import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;

/** What readers tell the search for files. */
final class ReaderNews {

  private ReaderNews() {}

  /**
   * The parts that a reader has after it was restored.
   *
   * @param parts all of them
   */
  record Restored(List<InFlight.Held> parts) implements SourceEvent {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Parts that a reader has done with.
   *
   * @param ids of all of them
   * @param failed how many of them ended before their end
   */
  record Done(List<String> ids, int failed) implements SourceEvent {
    private static final long serialVersionUID = 1L;
  }
}
