package dev.lockstep.connector.launchdarkly;

import dev.lockstep.connector.latest.LatestValueProducer;
import dev.lockstep.connector.watch.FileStamp;
import dev.lockstep.connector.watch.FileWatch;
import dev.lockstep.connector.watch.WatchedFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Offers the flags of files. The SDK reads them, but does not watch them: its own watching waits
 * for the name to be written and so never hears of an exchange behind a symbolic link, as of a
 * mounted ConfigMap.
 */
final class FlagFileProducer
    implements LatestValueProducer<String>, WatchedFiles<FlagFileProducer.Reading> {

  private static final Duration SETTLING = Duration.ofMillis(100);

  private final List<Path> paths;
  private final String origin;
  private final FlagSetIntake intake;
  private final FlagSetMetrics metrics;
  private final FileWatch<Reading> watch;

  private List<ByteBuffer> taken = List.of();
  private boolean missing;

  FlagFileProducer(LaunchDarklySettings settings, FlagSetMetrics metrics) {
    this.paths = settings.flagFiles().stream().map(Path::of).toList();
    this.origin = String.join(", ", settings.flagFiles());
    this.intake = new FlagSetIntake(settings.flagKeys(), metrics);
    this.metrics = metrics;
    this.watch = new FileWatch<>("lockstep-flag-files", SETTLING, this);
  }

  @Override
  public void start(@Nullable String restored, Consumer<String> offer) {
    intake.start(restored, offer);
    watch.start();
  }

  @Override
  public SortedMap<Path, FileStamp> list() throws IOException {
    SortedMap<Path, FileStamp> stamps = new TreeMap<>();
    for (Path path : paths) {
      stamps.put(path, FileStamp.of(path));
    }
    return stamps;
  }

  @Override
  public Reading read(SortedMap<Path, FileStamp> files) throws IOException {
    List<ByteBuffer> bytes = new ArrayList<>();
    for (Path path : paths) {
      bytes.add(ByteBuffer.wrap(Files.readAllBytes(path)));
    }
    return new Reading(bytes, FlagFileLoad.of(paths));
  }

  /** Looks at each content once, so that a broken file is counted and told once. */
  @Override
  public void accept(Reading reading) {
    missing = false;
    if (!reading.bytes().equals(taken)) {
      taken = reading.bytes();
      reading.load().giveTo(intake, origin);
    }
    metrics.enter(intake.refusing() ? FlagSourceState.INTERRUPTED : FlagSourceState.VALID);
  }

  @Override
  public void unreadable(IOException cause) {
    if (!missing) {
      missing = true;
      taken = List.of();
      intake.refuse(cause.toString(), origin);
      metrics.enter(FlagSourceState.INTERRUPTED);
    }
  }

  @Override
  public void close() {
    watch.close();
  }

  /** What the files held, and what the SDK made of it. */
  record Reading(List<ByteBuffer> bytes, FlagFileLoad load) {}
}
