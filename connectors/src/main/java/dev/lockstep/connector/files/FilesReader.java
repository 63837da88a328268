package dev.lockstep.connector.files;

import dev.lockstep.connector.wire.DecodedRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.base.source.reader.SingleThreadMultiplexSourceReaderBase;

/**
 * Puts out the records of parts, and asks for more parts in time: small files come in batches, and
 * nobody hoards big ones.
 */
final class FilesReader
    extends SingleThreadMultiplexSourceReaderBase<
        ReadRecord, DecodedRecord, FilePart, PartProgress> {

  /** With no more than that left to read, and than half a part, it asks for more. */
  private static final long FEW_BYTES = 4L << 20;

  private final long fewBytes;
  private final Map<String, FilePart> held = new HashMap<>();
  private long heldBytes;
  private boolean asked;
  private boolean started;

  FilesReader(Supplier<FilePartReader> parts, long partBytes, SourceReaderContext context) {
    super(parts::get, FilesReader::emit, context.getConfiguration(), context);
    this.fewBytes = Math.min(FEW_BYTES, partBytes / 2);
  }

  private static void emit(
      ReadRecord record, SourceOutput<DecodedRecord> output, PartProgress progress) {
    output.collect(record.decoded(), progress.now().file().stamp().modifiedMillis());
    progress.putOut(record);
  }

  /** Restored parts come before the start, given ones after it. */
  @Override
  public void addSplits(List<FilePart> parts) {
    for (FilePart part : parts) {
      if (held.put(part.splitId(), part) == null) {
        heldBytes += part.bytes();
      }
    }
    super.addSplits(parts);
    if (started) {
      asked = false;
      askInTime();
    }
  }

  @Override
  public void start() {
    super.start();
    started = true;
    context.sendSourceEventToCoordinator(
        new ReaderNews.Restored(held.values().stream().map(InFlight.Held::of).toList()));
    askInTime();
  }

  @Override
  protected void onSplitFinished(Map<String, PartProgress> finished) {
    int failed = 0;
    for (Map.Entry<String, PartProgress> part : finished.entrySet()) {
      FilePart done = held.remove(part.getKey());
      if (done != null) {
        heldBytes -= done.bytes();
      }
      failed += part.getValue().isFailed() ? 1 : 0;
    }
    context.sendSourceEventToCoordinator(
        new ReaderNews.Done(List.copyOf(finished.keySet()), failed));
    askInTime();
  }

  private void askInTime() {
    if (!asked && heldBytes <= fewBytes) {
      asked = true;
      context.sendSplitRequest();
    }
  }

  @Override
  protected PartProgress initializedState(FilePart part) {
    return new PartProgress(part);
  }

  @Override
  protected FilePart toSplitType(String id, PartProgress progress) {
    return progress.now();
  }
}
