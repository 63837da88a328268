package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.EvaluationDetail;
import com.launchdarkly.sdk.LDContext;
import com.launchdarkly.sdk.LDValue;
import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FlagDecision;
import dev.lockstep.flag.FlagExplanation;
import dev.lockstep.flag.FlagExplanations;
import dev.lockstep.flag.FlagSubject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Explains the decisions of one flag set. They are made by the evaluator that the job has; the
 * flags' JSON is read only to say in words what the evaluator has told.
 */
public final class FlagExplainer implements FlagExplanations {

  private final FlagSet set;
  private final FlagKeys keys;
  private final boolean versioned;
  private final LaunchDarklyFlagDecisions decisions;
  private final FlagReasons reasons;
  private final AskedParts askingForEvent;
  private final List<String> doubts;

  private FlagExplainer(FlagSet set, FlagKeys keys, boolean versioned, CustomerDirectory customers)
      throws FlagSetRefusedException {
    this.doubts = FlagPitfalls.check(set);
    this.set = set;
    this.keys = keys;
    this.versioned = versioned;
    this.decisions = new LaunchDarklyFlagDecisions(set, keys, customers);
    this.reasons = new FlagReasons(set, decisions);
    this.askingForEvent =
        new AskedParts(set, decisions, new KindUse(set, FlagContexts.EVENT.toString()));
  }

  /**
   * Gets the flags once, as a job would at its start, and is done with their source.
   *
   * @param customers what flags may target of customers beside their ids
   * @param atMost how long to wait for LaunchDarkly; files are read at once
   * @throws FlagSetRefusedException if a job would refuse the flags
   * @throws IOException if no flags come; the message says why and holds no key
   */
  public static FlagExplainer open(
      LaunchDarklySettings settings, CustomerDirectory customers, Duration atMost)
      throws IOException, FlagSetRefusedException, InterruptedException {
    FlagSet set = new FlagSetFetch(settings).first(atMost);
    // The SDK replaces the versions that files state by a count of its own.
    boolean versioned = settings.mode() != FlagDataMode.FILE;
    return of(set, settings.flagKeys(), versioned, customers);
  }

  /** Explains a set whose versions do not count. */
  static FlagExplainer of(FlagSet set, FlagKeys keys, CustomerDirectory customers)
      throws FlagSetRefusedException {
    return of(set, keys, false, customers);
  }

  private static FlagExplainer of(
      FlagSet set, FlagKeys keys, boolean versioned, CustomerDirectory customers)
      throws FlagSetRefusedException {
    try {
      return new FlagExplainer(set, keys, versioned, customers);
    } catch (IllegalArgumentException e) {
      throw new FlagSetRefusedException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public FlagExplanation<Boolean> ingress(FlagSubject subject) {
    LDContext context = decisions.contexts().atIngress(subject);
    return explained(keys.ingress(), context, decisions.ingress(subject));
  }

  @Override
  public FlagExplanation<Disposition> egress(FlagSubject subject) {
    LDContext context = decisions.contexts().atEgress(subject);
    return explained(keys.egress(), context, decisions.egress(subject));
  }

  @Override
  public boolean egressAsksForRule() {
    return new KindUse(set, FlagContexts.RULE.toString()).anywhereIn(keys.egress());
  }

  private <T> FlagExplanation<T> explained(
      String flag, LDContext context, FlagDecision<T> decision) {
    EvaluationDetail<LDValue> detail = decisions.detail(flag, context);
    return new FlagExplanation<>(
        flag,
        versionOf(flag),
        decision,
        FlagReasons.given(detail),
        reasons.of(flag, context),
        askingForEvent.of(flag, context));
  }

  private @Nullable Integer versionOf(String flag) {
    return versioned ? set.flag(flag).get("version").intValue() : null;
  }

  @Override
  public List<String> doubts() {
    return doubts;
  }

  @Override
  public String version() {
    return decisions.version();
  }

  @Override
  public void close() {
    decisions.close();
  }
}
