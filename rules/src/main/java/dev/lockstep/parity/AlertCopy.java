package dev.lockstep.parity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.alert.Lane;
import dev.lockstep.parity.VerdictRecord.Copy;
import dev.lockstep.parity.VerdictRecord.Rule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One engine's copy of an alert, as it lies in the topic of a lane. */
public final class AlertCopy {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String OUTLINE = "outline";

  private final String lane;
  private final int times;
  private final JsonValue json;
  private final JsonValue rule;
  private final Instant occurredAt;
  private final Map<String, String> lanes;
  private final Map<String, String> routing;

  private AlertCopy(String lane, int times, JsonValue json) {
    this.lane = lane;
    this.times = times;
    this.json = json;
    this.rule =
        json.member("rule").orElseThrow(() -> new IllegalArgumentException("rule is missing"));
    this.occurredAt = Instant.parse(json.required("occurred_at"));
    this.lanes = json.texts("lanes");
    this.routing = json.texts("routing");
    for (String name : new String[] {"alert_id", "customer", "engine", "bundle"}) {
      json.required(name);
    }
    rule.required("id");
    rule.required("title");
  }

  /**
   * Reads a copy. All members count, also those that this version does not know.
   *
   * @param lane whose topic it lies in, {@code live} or {@code shadow}
   * @param times how often it was there
   * @param json alert JSON, or an {@link #outline}
   * @throws IllegalArgumentException if it is none
   */
  public static AlertCopy read(String lane, int times, byte[] json) {
    try {
      return new AlertCopy(lane, times, JsonValue.read(json));
    } catch (RuntimeException e) {
      // Anyone may write to a topic: whatever such bytes lead to, they are no alert.
      throw new IllegalArgumentException("not an alert: " + e.getMessage(), e);
    }
  }

  /** Returns what is needed of a copy whose fields were compared: all but these. */
  public byte[] outline() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      for (String name : new String[] {"alert_id", "customer", "engine", "bundle", "occurred_at"}) {
        out.writeStringField(name, json.required(name));
      }
      if (statedLane() != null) {
        out.writeStringField("lane", statedLane());
      }
      write("routing", routing, out);
      write("lanes", lanes, out);
      write("rule", json.texts("rule"), out);
      out.writeBooleanField(OUTLINE, true);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static void write(String name, Map<String, String> texts, JsonGenerator out)
      throws IOException {
    out.writeObjectFieldStart(name);
    for (Map.Entry<String, String> text : texts.entrySet()) {
      out.writeStringField(text.getKey(), text.getValue());
    }
    out.writeEndObject();
  }

  /** Whether this is an outline, of which no fields can be compared. */
  boolean isOutline() {
    return json.optional(OUTLINE) != null;
  }

  /** Whether parity itself has sent it. */
  public boolean isRescued() {
    return json.member("rescued").isPresent();
  }

  /** Alert id. */
  public String alertId() {
    return json.required("alert_id");
  }

  /** Customer id. */
  public String customer() {
    return json.required("customer");
  }

  /** Engine that sent it. */
  public String engine() {
    return json.required("engine");
  }

  /** Event time of the alert. */
  public Instant occurredAt() {
    return occurredAt;
  }

  /** Version of the bundle that its rule came in. */
  public String bundle() {
    return json.required("bundle");
  }

  /** Version of the flag set that decided its lane; empty if it does not say. */
  public String flags() {
    return routing.getOrDefault("flags", "");
  }

  /** The flag system's reason for its lane; empty if it does not say. */
  String reason() {
    return routing.getOrDefault("reason", "");
  }

  /** Id of the rule that found it. */
  public String ruleId() {
    return rule.required("id");
  }

  Rule rule() {
    return new Rule(ruleId(), rule.required("title"), rule.optional("level"));
  }

  /** Whether the rule's author keeps it out of the live lane. */
  boolean isShadowOnly() {
    return Lane.SHADOW.wireName().equals(rule.optional("stage"));
  }

  /** Whose topic it lies in. */
  String lane() {
    return lane;
  }

  boolean isLive() {
    return lane.equals(Lane.LIVE.wireName());
  }

  /** The lane that it says itself. */
  @Nullable String statedLane() {
    return json.optional("lane");
  }

  /** Where its flag set sends it in each engine; empty if it does not say. */
  Map<String, String> lanes() {
    return lanes;
  }

  /** How often it was there. */
  int times() {
    return times;
  }

  JsonValue json() {
    return json;
  }

  Copy summary() {
    return new Copy(engine(), lane, bundle(), flags(), lanes);
  }
}
