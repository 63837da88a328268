package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.event.MalformedEventException;
import dev.lockstep.program.MatchResult;
import dev.lockstep.program.RuleProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Judges the lines of event files on all processors and prints what matches in input order. */
final class EventMatching {
  private static final int BATCH_LINES = 4096;
  private static final int BATCH_BYTES = 16 * 1024 * 1024;

  // -- configuration
  private final RuleProgram program;
  private final String customer;
  private final PrintWriter out;
  private final PrintWriter err;
  private final JsonGenerator json;

  // -- runtime
  private long events;
  private long matched;
  private long malformed;

  EventMatching(RuleProgram program, String customer, PrintWriter out, PrintWriter err)
      throws IOException {
    this.program = program;
    this.customer = customer;
    this.out = out;
    this.err = err;
    this.json = JsonOutput.lines(out);
  }

  /** Judges every line of a file; stops early when nobody reads the results any more. */
  void run(String file, InputStream in) throws IOException {
    LineReader lines = new LineReader(in);
    List<EventLine> batch = batch(file, lines);
    while (!batch.isEmpty() && !out.checkError()) {
      for (LineVerdict verdict : batch.parallelStream().map(this::judge).toList()) {
        print(verdict);
      }
      json.flush();
      batch = batch(file, lines);
    }
  }

  /** How many lines were events. */
  long events() {
    return events;
  }

  /** How many events matched at least one rule. */
  long matched() {
    return matched;
  }

  /** How many lines were no events. */
  long malformed() {
    return malformed;
  }

  private static List<EventLine> batch(String file, LineReader lines) throws IOException {
    List<EventLine> batch = new ArrayList<>();
    long bytes = 0;
    while (batch.size() < BATCH_LINES && bytes < BATCH_BYTES) {
      byte[] json = lines.next();
      if (json == null) {
        break;
      }
      EventLine line = new EventLine(file, lines.number(), json);
      if (!line.isBlank()) {
        batch.add(line);
        bytes += json.length;
      }
    }
    return batch;
  }

  private LineVerdict judge(EventLine line) {
    String place = line.file() + ":" + line.number() + ": ";
    try {
      MatchResult result = program.judge(line.json(), customer);
      return new LineVerdict(
          line.file(),
          line.number(),
          result.matches().stream().map(match -> match.rule().id()).toList(),
          result.faults().stream()
              .map(fault -> place + "rule " + fault.rule().id() + " failed: " + fault.cause())
              .toList(),
          false);
    } catch (MalformedEventException e) {
      String problem = place + "not an event: " + e.getMessage();
      return new LineVerdict(line.file(), line.number(), List.of(), List.of(problem), true);
    }
  }

  private void print(LineVerdict verdict) throws IOException {
    verdict.problems().forEach(err::println);
    if (verdict.malformed()) {
      malformed++;
      return;
    }
    events++;
    if (!verdict.rules().isEmpty()) {
      matched++;
      json.writeStartObject();
      json.writeStringField("file", verdict.file());
      json.writeNumberField("line", verdict.line());
      json.writeArrayFieldStart("rules");
      for (String rule : verdict.rules()) {
        json.writeString(rule);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }
}
