package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.connector.kafka.FiledLetter;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.LetterCommand;
import dev.lockstep.connector.wire.RecordHeaders;
import dev.lockstep.connector.wire.Transport;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Dead letters for programs, as one document. Members without a value are left out. */
final class LettersJson {

  private final PrintWriter out;

  LettersJson(PrintWriter out) {
    this.out = out;
  }

  void list(List<LedgerEntry> shown, int matching) throws IOException {
    try (JsonGenerator json = JsonOutput.document(out)) {
      json.writeStartObject();
      json.writeNumberField("matching", matching);
      writeEntries(json, shown);
      json.writeEndObject();
    }
    out.println();
  }

  void order(LetterCommand command, ChosenLetters chosen, boolean dryRun) throws IOException {
    try (JsonGenerator json = JsonOutput.document(out)) {
      json.writeStartObject();
      json.writeStringField("command", command.wireName());
      json.writeBooleanField("dryRun", dryRun);
      writeEntries(json, chosen.letters());
      json.writeArrayFieldStart("skipped");
      for (ChosenLetters.Skipped skipped : chosen.skipped()) {
        json.writeStartObject();
        json.writeStringField("why", skipped.why());
        writeEntry(json, skipped.entry());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    out.println();
  }

  /** The value is its text, else in Base64. */
  void letter(FiledLetter filed) throws IOException {
    DeadLetterRecord letter = filed.letter();
    try (JsonGenerator json = JsonOutput.document(out)) {
      json.writeStartObject();
      json.writeStringField("id", filed.place().toString());
      json.writeStringField("written", filed.writtenAt().toString());
      writeHead(json, letter);
      writeIfPresent(json, "command", letter.command);
      if (letter.originalBytes > 0) {
        json.writeNumberField("originalBytes", letter.originalBytes);
      }
      if (letter.transport != null) {
        writeOriginal(json, letter.transport);
      }
      writeBytes(json, "value", letter.bytes);
      json.writeEndObject();
    }
    out.println();
  }

  private static void writeEntries(JsonGenerator json, List<LedgerEntry> entries)
      throws IOException {
    json.writeArrayFieldStart("letters");
    for (LedgerEntry entry : entries) {
      json.writeStartObject();
      writeEntry(json, entry);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeEntry(JsonGenerator json, LedgerEntry entry) throws IOException {
    json.writeStringField("id", entry.place().toString());
    json.writeStringField("state", entry.state().toString());
    json.writeStringField("since", entry.since().toString());
    writeHead(json, entry.letter());
  }

  private static void writeHead(JsonGenerator json, DeadLetterRecord letter) throws IOException {
    json.writeStringField("class", letter.deadLetterClass);
    json.writeStringField("reason", letter.reason);
    json.writeStringField("origin", letter.origin);
    writeIfPresent(json, "customer", letter.customer);
    writeIfPresent(json, "ruleId", letter.ruleId);
    json.writeNumberField("attempt", letter.attempt);
    json.writeStringField("engine", letter.engine);
  }

  private static void writeOriginal(JsonGenerator json, Transport transport) throws IOException {
    json.writeObjectFieldStart("original");
    if (transport.key != null) {
      writeBytes(json, "key", transport.key);
    }
    if (transport.recordedAtMillis >= 0) {
      json.writeStringField(
          "timestamp", Instant.ofEpochMilli(transport.recordedAtMillis).toString());
    }
    if (transport.cut) {
      json.writeBooleanField("cut", true);
    }
    json.writeArrayFieldStart("headers");
    for (RecordHeaders.Header header : transport.headers().all()) {
      json.writeStartObject();
      json.writeStringField("name", header.name());
      if (header.value() != null) {
        writeBytes(json, "value", header.value());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeBytes(JsonGenerator json, String name, byte[] bytes) throws IOException {
    Optional<String> text = LetterValue.text(bytes);
    if (text.isPresent()) {
      json.writeStringField(name, text.get());
    } else {
      json.writeBinaryField(name + "Base64", bytes);
    }
  }

  private static void writeIfPresent(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }
}
