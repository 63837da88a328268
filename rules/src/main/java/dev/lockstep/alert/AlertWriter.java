package dev.lockstep.alert;

import com.fasterxml.jackson.core.SerializableString;
import dev.lockstep.alert.Alert.RuleReference;
import java.io.ByteArrayOutputStream;
import java.util.IdentityHashMap;

/**
 * Writes many alerts, as {@link AlertJson#write} does each. What a rule's alerts say of the rule is
 * written once, as long as it is the same object. Belongs to one thread.
 */
public final class AlertWriter {

  /** More than that are of rules that came and went. */
  private static final int MAX_RULES = 20_000;

  private static final int USUAL_BYTES = 4096;
  private static final int MAX_KEPT_BYTES = 256 * 1024;

  private final IdentityHashMap<RuleReference, SerializableString> rules = new IdentityHashMap<>();
  private ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);

  /** An alert whose way out is open. */
  public static final class OpenAlert {
    private final byte[] json;
    private final AlertHead head;

    private OpenAlert(byte[] json, AlertHead head) {
      this.json = json;
      this.head = head;
    }

    /** As {@link AlertJson#write} writes it; the caller's own. */
    public byte[] json() {
      return json;
    }

    /** As {@link AlertHead#read} reads it. */
    public AlertHead head() {
      return head;
    }
  }

  /** Writes an alert that has no routing. */
  public OpenAlert write(Alert alert) {
    bytes.reset();
    int routingAt = AlertJson.write(alert, rule(alert.rule()), bytes);
    byte[] json = bytes.toByteArray();
    if (json.length > MAX_KEPT_BYTES) {
      bytes = new ByteArrayOutputStream(USUAL_BYTES);
    }
    return new OpenAlert(json, AlertHead.of(alert, routingAt));
  }

  private SerializableString rule(RuleReference rule) {
    SerializableString known = rules.get(rule);
    if (known == null) {
      if (rules.size() >= MAX_RULES) {
        rules.clear();
      }
      known = new RawJson(AlertJson.rule(rule));
      rules.put(rule, known);
    }
    return known;
  }
}
