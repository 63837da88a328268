package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.EvaluationDetail;
import com.launchdarkly.sdk.EvaluationReason;
import com.launchdarkly.sdk.LDContext;
import com.launchdarkly.sdk.LDValue;
import com.launchdarkly.sdk.server.Components;
import com.launchdarkly.sdk.server.LDClient;
import com.launchdarkly.sdk.server.LDConfig;
import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.digest.Sha256;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FlagDecision;
import dev.lockstep.flag.FlagDecisions;
import dev.lockstep.flag.FlagSubject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One flag set under LaunchDarkly's evaluator. A flag that cannot be evaluated lets the event in
 * and sends the alert to shadow: nothing is lost, and nobody is woken by a broken flag.
 */
final class LaunchDarklyFlagDecisions implements FlagDecisions {

  private static final String WRONG_TYPE = "ERROR(WRONG_TYPE)";
  private static final String UNKNOWN_VALUE = "ERROR(UNKNOWN_VALUE)";
  private static final int VERSION_BYTES = 6;

  private final FlagKeys keys;
  private final String version;
  private final LDClient client;
  private final FlagContexts contexts;
  private final DecisionMemo<Boolean> ingress;
  private final DecisionMemo<Disposition> egress;

  LaunchDarklyFlagDecisions(FlagSet set, FlagKeys keys, CustomerDirectory customers) {
    this.keys = keys;
    this.version = Sha256.hex(identity(set, customers), VERSION_BYTES);
    this.contexts = new FlagContexts(customers);
    this.ingress = new DecisionMemo<>(FlagScope.of(set, keys.ingress()), this::evaluateIngress);
    this.egress = new DecisionMemo<>(FlagScope.of(set, keys.egress()), this::evaluateEgress);
    FlagStore store = new FlagStore(items -> {});
    store.init(set.items());
    this.client =
        new LDClient(
            "no-key-when-offline",
            new LDConfig.Builder()
                .offline(true)
                .startWait(Duration.ZERO)
                .diagnosticOptOut(true)
                .dataStore(context -> store)
                // The SDK has a line for each evaluation that goes wrong, which is one per event.
                .logging(Components.noLogging())
                .build());
  }

  private static String identity(FlagSet set, CustomerDirectory customers) {
    return customers.size() == 0 ? set.content() : set.content() + customers;
  }

  @Override
  public FlagDecision<Boolean> ingress(FlagSubject subject) {
    return ingress.decide(subject);
  }

  @Override
  public FlagDecision<Disposition> egress(FlagSubject subject) {
    return egress.decide(subject);
  }

  private FlagDecision<Boolean> evaluateIngress(FlagSubject subject) {
    EvaluationDetail<Boolean> detail =
        client.boolVariationDetail(keys.ingress(), contexts.atIngress(subject), true);
    return new FlagDecision<>(detail.getValue(), reasonOf(detail.getReason()));
  }

  private FlagDecision<Disposition> evaluateEgress(FlagSubject subject) {
    EvaluationDetail<LDValue> detail =
        client.jsonValueVariationDetail(
            keys.egress(), contexts.atEgress(subject), LDValue.ofNull());
    String reason = reasonOf(detail.getReason());
    LDValue value = detail.getValue();
    // No value without an error: the flag is off and says nothing for that case.
    return switch (value.getType()) {
      case NULL -> new FlagDecision<>(Disposition.SHADOW, reason);
      case BOOLEAN ->
          new FlagDecision<>(value.booleanValue() ? Disposition.LIVE : Disposition.SHADOW, reason);
      case STRING -> named(value.stringValue(), reason);
      case NUMBER, ARRAY, OBJECT -> new FlagDecision<>(Disposition.SHADOW, WRONG_TYPE);
    };
  }

  /** What any flag of the set gives in this context and why; it decides nothing. */
  EvaluationDetail<LDValue> detail(String flag, LDContext context) {
    return client.jsonValueVariationDetail(flag, context, LDValue.ofNull());
  }

  /** Makes the contexts that the decisions are made in. */
  FlagContexts contexts() {
    return contexts;
  }

  private static FlagDecision<Disposition> named(@Nullable String value, String reason) {
    for (Disposition disposition : Disposition.values()) {
      if (disposition.flagValue().equals(value)) {
        return new FlagDecision<>(disposition, reason);
      }
    }
    return new FlagDecision<>(Disposition.SHADOW, UNKNOWN_VALUE);
  }

  /** Leaves out rule ids and prerequisite keys, which have too many values for a metric. */
  private static String reasonOf(EvaluationReason reason) {
    return switch (reason.getKind()) {
      case OFF, FALLTHROUGH, TARGET_MATCH, RULE_MATCH, PREREQUISITE_FAILED ->
          reason.getKind().name();
      case ERROR -> "ERROR(" + reason.getErrorKind() + ")";
    };
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Closing a client without connections failed", e);
    }
  }
}
