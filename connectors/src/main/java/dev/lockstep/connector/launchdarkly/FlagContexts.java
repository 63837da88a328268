package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.ContextBuilder;
import com.launchdarkly.sdk.ContextKind;
import com.launchdarkly.sdk.LDContext;
import com.launchdarkly.sdk.LDValue;
import dev.lockstep.customer.AttributeValue;
import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.flag.FlagSubject;
import dev.lockstep.flag.FlagSubject.RuleAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Makes LaunchDarkly contexts of subjects, always with all four kinds: a rollout over a kind that
 * is absent gives everybody the first variation, even one of 0 %.
 */
final class FlagContexts {

  private static final int CACHED = 4096;

  private static final ContextKind CUSTOMER = ContextKind.of("customer");
  private static final ContextKind ENGINE = ContextKind.of("engine");
  static final ContextKind EVENT = ContextKind.of("event");
  static final ContextKind RULE = ContextKind.of("rule");

  /** The names of the kinds that every decision has. */
  static final Set<String> KINDS =
      Set.of(CUSTOMER.toString(), ENGINE.toString(), EVENT.toString(), RULE.toString());

  private static final LDContext NO_RULE = LDContext.create(RULE, "-");

  private final CustomerDirectory directory;
  private final Map<String, LDContext> customers = new RecentlyUsed<>();
  private final Map<String, LDContext> engines = new RecentlyUsed<>();
  private final Map<RuleAttributes, LDContext> rules = new RecentlyUsed<>();

  FlagContexts(CustomerDirectory directory) {
    this.directory = directory;
  }

  /** The subject's context without a rule, whether it has one or not. */
  LDContext atIngress(FlagSubject subject) {
    return of(subject, NO_RULE);
  }

  /** The subject's context with its rule. */
  LDContext atEgress(FlagSubject subject) {
    RuleAttributes rule = subject.rule();
    return of(
        subject, rule == null ? NO_RULE : rules.computeIfAbsent(rule, FlagContexts::ruleContext));
  }

  private LDContext of(FlagSubject subject, LDContext rule) {
    return LDContext.createMulti(
        customers.computeIfAbsent(subject.customer(), this::customerContext),
        engines.computeIfAbsent(subject.engine(), name -> LDContext.create(ENGINE, name)),
        LDContext.create(EVENT, subject.eventId()),
        rule);
  }

  private LDContext customerContext(String id) {
    ContextBuilder context = LDContext.builder(CUSTOMER, id);
    directory.attributesOf(id).forEach((name, value) -> context.set(name, ofAttribute(value)));
    return context.build();
  }

  private static LDValue ofAttribute(AttributeValue value) {
    if (value instanceof AttributeValue.Text text) {
      return LDValue.of(text.text());
    }
    if (value instanceof AttributeValue.Numeric number) {
      return LDValue.of(number.number());
    }
    if (value instanceof AttributeValue.Truth truth) {
      return LDValue.of(truth.truth());
    }
    return LDValue.Convert.String.arrayFrom(((AttributeValue.Texts) value).texts());
  }

  private static LDContext ruleContext(RuleAttributes rule) {
    ContextBuilder context = LDContext.builder(RULE, rule.id());
    if (rule.level() != null) {
      context.set("level", rule.level());
    }
    if (rule.status() != null) {
      context.set("status", rule.status());
    }
    return context.build();
  }

  private static final class RecentlyUsed<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    RecentlyUsed() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > CACHED;
    }
  }
}
