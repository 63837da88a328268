package dev.lockstep.job.state;

import dev.lockstep.content.Delivery;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.content.RuleDocument;
import java.util.Arrays;
import java.util.List;

/** Rules and flag sets of tests, as they come in the control stream. */
public final class Deliveries {

  private Deliveries() {}

  /** A file with one rule that fires on events whose {@code field} is {@code value}. */
  public static RuleDocument rule(String id, String field, String value, String... more) {
    String text =
        """
        title: Title of %s
        id: %s
        level: high
        status: stable
        logsource: {product: test}
        detection:
          s: {%s: "%s"}
          condition: s
        """
            .formatted(id, id, field, value);
    return new RuleDocument(id + ".yml", text + String.join("\n", more));
  }

  /** A file that is no rule. */
  public static RuleDocument broken(String id) {
    return new RuleDocument(id + ".yml", "id: " + id + "\ntitle: [");
  }

  public static RuleBundle bundle(RuleDocument... documents) {
    return new RuleBundle(Arrays.asList(documents));
  }

  /** Rules as operators get them. */
  public static ControlUpdate rules(long sequence, RuleDocument... documents) {
    return rules(bundle(documents)).at(sequence);
  }

  /** Rules as they are delivered. */
  public static ControlUpdate rules(RuleBundle bundle) {
    return ControlUpdate.ofRules(bundle.version(), Delivery.of(bundle).encode());
  }

  /** A set of {@link ScriptedFlags} as operators get it. */
  public static ControlUpdate flags(long sequence, String flagSet) {
    return ControlUpdate.ofFlags(flagSet).at(sequence);
  }

  /** Rules and flags under which everything is handled and all alerts go live. */
  public static List<ControlUpdate> everything(RuleDocument... documents) {
    return List.of(rules(1, documents), flags(2, ScriptedFlags.LIVE));
  }
}
