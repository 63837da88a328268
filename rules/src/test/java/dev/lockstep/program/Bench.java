package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.lockstep.event.EventProjection;
import dev.lockstep.sigma.SigmaRule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Measures one thread over the lanes of the corpora: reading alone, judging with rules of several
 * numbers, and the full scan. Run by hand, never by the build.
 */
final class Bench {
  static final List<String> LANES =
      List.of("structured_windows", "raw_windows", "cisco_syslog", "sysmon_file_event");
  private static final long WARM_UP_NANOS = 1_500_000_000L;
  private static final long MEASURED_NANOS = 2_000_000_000L;

  /** Something to do with one event. */
  private interface Work {
    void on(byte[] json) throws Exception;
  }

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    long start = System.nanoTime();
    List<SigmaRule> all = SigmaHqTest.rules();
    long parsed = System.nanoTime();
    RuleProgram program = RuleProgram.compile(all);
    long compiled = System.nanoTime();
    System.out.printf(
        "%d rules: parsed in %d ms, compiled in %d ms%n",
        all.size(), (parsed - start) / 1_000_000, (compiled - parsed) / 1_000_000);
    for (String lane : LANES) {
      if (arguments.length > 0 && !List.of(arguments).contains(lane)) {
        continue;
      }
      List<byte[]> events = lane(lane);
      report(lane, "jackson alone", events, Bench::parse);
      EventProjection projection = EventProjection.whole();
      report(lane, "reading", events, projection::read);
      for (int count : new int[] {10, 100, 1000, all.size()}) {
        RuleProgram some = RuleProgram.compile(every(all, count));
        report(lane, count + " rules", events, json -> some.judge(json, "acme"));
      }
      NaiveProgram naive = new NaiveProgram(all);
      report(lane, "full scan", events, json -> naive.match(json, "acme"));
    }
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "heap in use %d MB with %s%n",
        (runtime.totalMemory() - runtime.freeMemory()) >> 20, program.rules().size());
  }

  static List<byte[]> lane(String name) throws IOException {
    Path file = Corpus.path("lanes").resolve(name + ".ndjson.gz");
    List<byte[]> events = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        events.add(line.getBytes(UTF_8));
      }
    }
    return events;
  }

  /** A sample spread over the whole. */
  static <T> List<T> every(List<T> items, int count) {
    List<T> chosen = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      chosen.add(items.get((int) (i * items.size() / count)));
    }
    return chosen;
  }

  private static void parse(byte[] json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken().isScalarValue()) {
          parser.getText();
        }
      }
    }
  }

  private static void report(String lane, String what, List<byte[]> events, Work work)
      throws Exception {
    rate(events, work, WARM_UP_NANOS);
    System.out.printf(
        Locale.ROOT,
        "%-20s %-14s %,10.0f events/s%n",
        lane,
        what,
        rate(events, work, MEASURED_NANOS));
  }

  private static double rate(List<byte[]> events, Work work, long nanos) throws Exception {
    long start = System.nanoTime();
    long done = 0;
    while (System.nanoTime() - start < nanos) {
      for (int i = 0; i < 50; i++) {
        work.on(events.get((int) (done++ % events.size())));
      }
    }
    return done * 1e9 / (System.nanoTime() - start);
  }
}
