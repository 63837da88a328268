package dev.lockstep.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The lines of an events file that a command is about: those given, or the first event. */
final class ChosenLines {
  private ChosenLines() {}

  /**
   * @param numbers counted from 1; none for the first line that is not blank
   * @throws CommandFailure if the file cannot be read or has no such line
   */
  static List<EventLine> read(EventSource source, InputStream standardInput, Set<Long> numbers) {
    source.requireReadable();
    try (InputStream in = source.open(standardInput)) {
      return numbers.isEmpty()
          ? List.of(first(source, new LineReader(in)))
          : numbered(source, new LineReader(in), numbers);
    } catch (IOException e) {
      throw CommandFailure.ofInput("cannot read " + source.name() + ": " + e.getMessage());
    }
  }

  private static EventLine first(EventSource source, LineReader lines) throws IOException {
    for (byte[] json = lines.next(); json != null; json = lines.next()) {
      EventLine line = new EventLine(source.name(), lines.number(), json);
      if (!line.isBlank()) {
        return line;
      }
    }
    throw CommandFailure.ofInput("there is no event in " + source.name());
  }

  private static List<EventLine> numbered(EventSource source, LineReader lines, Set<Long> numbers)
      throws IOException {
    List<EventLine> chosen = new ArrayList<>();
    TreeSet<Long> missing = new TreeSet<>(numbers);
    byte[] json = missing.isEmpty() ? null : lines.next();
    while (json != null && !missing.isEmpty()) {
      if (missing.remove(lines.number())) {
        chosen.add(new EventLine(source.name(), lines.number(), json));
      }
      json = missing.isEmpty() ? null : lines.next();
    }
    if (!missing.isEmpty()) {
      throw CommandFailure.ofInput(
          "there is no line %d in %s, which has %s"
              .formatted(missing.first(), source.name(), Amount.of(lines.number(), "line")));
    }
    return chosen;
  }
}
