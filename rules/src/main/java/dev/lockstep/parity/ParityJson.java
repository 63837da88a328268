package dev.lockstep.parity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.parity.SummaryRecord.RuleCounts;
import dev.lockstep.parity.VerdictRecord.Control;
import dev.lockstep.parity.VerdictRecord.Copy;
import dev.lockstep.parity.VerdictRecord.Declared;
import dev.lockstep.parity.VerdictRecord.FieldDifference;
import dev.lockstep.parity.VerdictRecord.Pair;
import dev.lockstep.parity.VerdictRecord.Rule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Records of the topic {@code parity} as JSON. */
public final class ParityJson {

  private static final JsonFactory JSON = new JsonFactory();

  private ParityJson() {}

  /** Returns the record as one JSON object in UTF-8, on one line. */
  public static byte[] write(ParityRecord record) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      if (record instanceof VerdictRecord verdict) {
        writeVerdict(verdict, json);
      } else if (record instanceof SummaryRecord summary) {
        writeSummary(summary, json);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a record that {@link #write} wrote, in this version or an earlier one; members that it
   * does not know are passed over.
   *
   * @throws IllegalArgumentException if it is none; the message says what is wrong
   */
  public static ParityRecord read(byte[] json) {
    return ParityJsonReader.read(json);
  }

  private static void writeVerdict(VerdictRecord verdict, JsonGenerator json) throws IOException {
    json.writeStringField("kind", "verdict");
    json.writeStringField("verdict", verdict.verdict().name());
    json.writeStringField("customer", verdict.customer());
    json.writeStringField("alert_id", verdict.alertId());
    json.writeStringField("occurred_at", verdict.occurredAt().toString());
    writeRule(verdict.rule(), json);
    json.writeArrayFieldStart("copies");
    for (Copy copy : verdict.copies()) {
      writeCopy(copy, json);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("differences");
    for (FieldDifference difference : verdict.differences()) {
      writeDifference(difference, json);
    }
    json.writeEndArray();
    writePair(verdict.pair(), json);
    writeControl(verdict.control(), json);
    if (verdict.noise()) {
      json.writeBooleanField("noise", true);
    }
    if (verdict.replaces() != null) {
      json.writeStringField("replaces", verdict.replaces().name());
    }
    if (verdict.reason() != null) {
      json.writeStringField("reason", verdict.reason());
    }
  }

  private static void writeRule(Rule rule, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("rule");
    json.writeStringField("id", rule.id());
    json.writeStringField("title", rule.title());
    if (rule.level() != null) {
      json.writeStringField("level", rule.level());
    }
    json.writeEndObject();
  }

  private static void writeCopy(Copy copy, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("engine", copy.engine());
    json.writeStringField("lane", copy.lane());
    json.writeStringField("bundle", copy.bundle());
    json.writeStringField("flags", copy.flags());
    writeTexts("lanes", copy.lanes(), json);
    json.writeEndObject();
  }

  private static void writeDifference(FieldDifference difference, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("field", difference.field());
    writeTexts("values", difference.values(), json);
    Declared expected = difference.expected();
    if (expected != null) {
      json.writeObjectFieldStart("expected");
      json.writeStringField("owner", expected.owner());
      json.writeStringField("reason", expected.reason());
      json.writeStringField("until", expected.until().toString());
      json.writeBooleanField("expired", expected.expired());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writePair(@Nullable Pair pair, JsonGenerator json) throws IOException {
    if (pair == null) {
      return;
    }
    json.writeObjectFieldStart("pair");
    json.writeStringField("alert_id", pair.alertId());
    json.writeStringField("occurred_at", pair.occurredAt().toString());
    json.writeStringField("why", pair.why());
    json.writeEndObject();
  }

  private static void writeControl(@Nullable Control control, JsonGenerator json)
      throws IOException {
    if (control == null) {
      return;
    }
    json.writeObjectFieldStart("control");
    json.writeStringField("engine", control.engine());
    json.writeStringField("result", control.result().wireName());
    writeList("fields", control.fields(), json);
    json.writeEndObject();
  }

  private static void writeSummary(SummaryRecord summary, JsonGenerator json) throws IOException {
    json.writeStringField("kind", "summary");
    json.writeStringField("customer", summary.customer());
    json.writeStringField("hour", summary.hour().toString());
    json.writeNumberField("part", summary.part());
    json.writeNumberField("sequence", summary.sequence());
    writeList("engines", summary.engines(), json);
    writeCounts("verdicts", summary.verdicts(), Verdict::name, json);
    writeCounts("noisy", summary.noisy(), Verdict::name, json);
    json.writeObjectFieldStart("live");
    for (Map.Entry<String, Map<Verdict, Long>> engine : summary.live().entrySet()) {
      writeCounts(engine.getKey(), engine.getValue(), Verdict::name, json);
    }
    json.writeEndObject();
    json.writeObjectFieldStart("rules");
    for (Map.Entry<String, RuleCounts> rule : summary.rules().entrySet()) {
      json.writeObjectFieldStart(rule.getKey());
      json.writeStringField("title", rule.getValue().title());
      if (rule.getValue().level() != null) {
        json.writeStringField("level", rule.getValue().level());
      }
      writeCounts("verdicts", rule.getValue().verdicts(), Verdict::name, json);
      json.writeEndObject();
    }
    json.writeEndObject();
    writeCounts("fields", summary.fields(), field -> field, json);
    json.writeNumberField("expired", summary.expired());
    writeCounts("noise", summary.noise(), Noise::wireName, json);
    writeCounts("noise_fields", summary.noiseFields(), field -> field, json);
  }

  private static void writeTexts(String name, Map<String, String> texts, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> text : texts.entrySet()) {
      json.writeStringField(text.getKey(), text.getValue());
    }
    json.writeEndObject();
  }

  private static void writeList(String name, Iterable<String> texts, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private static <K> void writeCounts(
      String name, Map<K, Long> counts, Function<K, String> nameOf, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<K, Long> count : counts.entrySet()) {
      json.writeNumberField(nameOf.apply(count.getKey()), count.getValue());
    }
    json.writeEndObject();
  }
}
