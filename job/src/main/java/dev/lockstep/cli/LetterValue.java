package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Bytes of whatever kind, as a person can read them. */
final class LetterValue {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int BYTES_PER_LINE = 16;
  private static final int MAX_DUMPED = 4 * 1024;

  private LetterValue() {}

  /** Returns the bytes as JSON over several lines, if they are one JSON value. */
  static Optional<String> json(byte[] bytes) {
    StringWriter text = new StringWriter();
    try (JsonParser parser = JSON.createParser(bytes);
        JsonGenerator generator =
            JSON.createGenerator(text).setPrettyPrinter(new DefaultPrettyPrinter())) {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      generator.copyCurrentStructure(parser);
      if (parser.nextToken() != null) {
        return Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return text(bytes).map(valid -> text.toString());
  }

  /** Returns the bytes as text, if they are valid UTF-8. */
  static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Returns lines that a terminal may show: JSON, escaped text, or the first bytes in hex. */
  static List<String> lines(byte[] bytes) {
    Optional<String> text = json(bytes).or(() -> text(bytes));
    return text.map(shown -> shown.lines().map(Displayed::safe).toList())
        .orElseGet(() -> dump(bytes));
  }

  private static List<String> dump(byte[] bytes) {
    HexFormat hex = HexFormat.ofDelimiter(" ");
    List<String> lines = new ArrayList<>();
    int shown = Math.min(bytes.length, MAX_DUMPED);
    for (int i = 0; i < shown; i += BYTES_PER_LINE) {
      int end = Math.min(i + BYTES_PER_LINE, shown);
      lines.add("%06x  %s".formatted(i, hex.formatHex(bytes, i, end)));
    }
    if (shown < bytes.length) {
      lines.add("… and " + (bytes.length - shown) + " bytes more; --format json has them all");
    }
    return lines;
  }
}
