package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Long streams of events of one kind each, out of the corpora. */
public final class Lanes {
  public static final List<String> NAMES =
      List.of("structured_windows", "raw_windows", "cisco_syslog", "sysmon_file_event");

  private Lanes() {}

  public static List<byte[]> events(String lane) throws IOException {
    Path file = Corpus.path("lanes").resolve(lane + ".ndjson.gz");
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
  public static <T> List<T> every(List<T> items, int count) {
    List<T> chosen = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      chosen.add(items.get((int) (i * items.size() / count)));
    }
    return chosen;
  }
}
