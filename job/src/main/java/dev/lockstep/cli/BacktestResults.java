package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.job.backtest.BacktestFiles;
import dev.lockstep.job.backtest.BacktestFiles.Kind;
import dev.lockstep.statistics.Counted;
import dev.lockstep.statistics.Counts;
import dev.lockstep.statistics.CustomerStatisticsJson;
import dev.lockstep.statistics.EventFate;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads what a backtest has put into its files, also while it goes on writing. */
record BacktestResults(BacktestFiles files) {

  /** Takes a line. */
  @FunctionalInterface
  interface Lines {
    void take(String line) throws IOException;
  }

  /** Hands over the lines of one kind. */
  void forEach(Kind kind, Lines lines) throws IOException {
    List<Path> parts;
    try (Stream<Path> all = Files.list(files.folderOf(kind))) {
      parts = all.sorted().toList();
    }
    for (Path part : parts) {
      try (BufferedReader reader = Files.newBufferedReader(part, UTF_8)) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          lines.take(line);
        }
      }
    }
  }

  /** Returns the sum over all customers and periods. */
  Counts counts() throws IOException {
    Counts sum = new Counts();
    forEach(
        Kind.COUNTS,
        line ->
            CustomerStatisticsJson.read(line.getBytes(UTF_8))
                .ifPresent(part -> sum.addAll(part.counts(), Integer.MAX_VALUE)));
    return sum;
  }

  /** How far it has come. */
  record Progress(long events, Instant upTo) {}

  /** Returns how many events are judged, and up to which period of event time. */
  Progress progress() throws IOException {
    long[] events = new long[1];
    Instant[] upTo = {Instant.EPOCH};
    forEach(
        Kind.COUNTS,
        line ->
            CustomerStatisticsJson.read(line.getBytes(UTF_8))
                .ifPresent(
                    part -> {
                      long read = part.counts().of(EventFate.IN);
                      events[0] += read;
                      upTo[0] = read > 0 && part.from().isAfter(upTo[0]) ? part.from() : upTo[0];
                    }));
    return new Progress(events[0], upTo[0]);
  }

  /** Returns on how many events each rule failed. */
  SortedMap<String, Long> faults() throws IOException {
    SortedMap<String, Long> faults = new TreeMap<>();
    forEach(
        Kind.FAULTS,
        line -> faults.merge(line.substring(0, Math.max(0, line.indexOf('\t'))), 1L, Long::sum));
    return faults;
  }

  /** Returns one reason in words; empty if no rule failed. */
  String aFault() throws IOException {
    String[] first = {""};
    forEach(
        Kind.FAULTS,
        line -> first[0] = first[0].isEmpty() ? line.substring(line.indexOf('\t') + 1) : first[0]);
    return first[0];
  }

  /** Returns what is counted as judged. */
  static long judged(Counts counts) {
    return counts.of(Counted.EVENTS, EventFate.JUDGED.label());
  }
}
