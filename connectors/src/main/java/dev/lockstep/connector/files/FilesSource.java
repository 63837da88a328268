package dev.lockstep.connector.files;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.lockstep.connector.wire.DecodedRecord;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The records of all files that are meant, each file once, as events and dead letters. It never
 * ends: folders are looked at again and again.
 */
public final class FilesSource implements Source<DecodedRecord, FilePart, FilesState> {

  private static final long serialVersionUID = 1L;

  private final List<FileSettings> sources;
  private final FileLimits limits;

  public FilesSource(List<FileSettings> sources, FileLimits limits) {
    this.sources = List.copyOf(sources);
    this.limits = limits;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<DecodedRecord, FilePart> createReader(SourceReaderContext context) {
    Map<String, FileSettings> byName = byName();
    ReadMetrics metrics = new ReadMetrics(context.metricGroup());
    return new FilesReader(
        () -> new FilePartReader(byName, limits.retryDelays(), metrics),
        limits.partBytes(),
        context);
  }

  @Override
  public SplitEnumerator<FilePart, FilesState> createEnumerator(
      SplitEnumeratorContext<FilePart> context) {
    return restoreEnumerator(context, FileSearch.nothing());
  }

  @Override
  public SplitEnumerator<FilePart, FilesState> restoreEnumerator(
      SplitEnumeratorContext<FilePart> context, FilesState state) {
    Map<String, FileSettings> byName = byName();
    return new FileEnumerator(
        context,
        limits,
        new FolderWalk(sources, limits.quietTime(), Clock.systemUTC()),
        new FileSearch(
            limits,
            file -> isSplittable(file, byName.get(file.source())),
            state,
            new SearchMetrics(context.metricGroup(), Clock.systemUTC())));
  }

  private static boolean isSplittable(FoundFile file, @Nullable FileSettings source) {
    return source != null
        && source.format().splittable()
        && Compression.of(file.path()) == Compression.NONE;
  }

  private Map<String, FileSettings> byName() {
    return sources.stream().collect(toUnmodifiableMap(FileSettings::name, Function.identity()));
  }

  @Override
  public SimpleVersionedSerializer<FilePart> getSplitSerializer() {
    return new FilePartSerializer();
  }

  @Override
  public SimpleVersionedSerializer<FilesState> getEnumeratorCheckpointSerializer() {
    return new FilesStateSerializer();
  }
}
