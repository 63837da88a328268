package dev.lockstep.job.detect;

import dev.lockstep.content.RuleBundle;
import dev.lockstep.correlation.CorrelationPlan;
import dev.lockstep.program.LayeredProgram;
import dev.lockstep.sigma.Comparison;
import dev.lockstep.sigma.Condition;
import dev.lockstep.sigma.Detection;
import dev.lockstep.sigma.SigmaRule;
import dev.lockstep.sigma.ValueTest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A rule that no document can say: it fails on every event whose field is a number. */
final class FailingRule {

  private FailingRule() {}

  /** The rules of the bundle and, before them, the failing one, which looks at {@code field}. */
  static ActiveRules among(String version, RuleBundle bundle, String field) {
    List<SigmaRule> sound =
        new MappedRules(List.of()).start().next(version, bundle).program().rules();
    List<SigmaRule> rules = new ArrayList<>();
    rules.add(failing(sound.get(0), field));
    rules.addAll(sound);
    return new ActiveRules(version, LayeredProgram.compile(rules), CorrelationPlan.NONE, 0);
  }

  private static SigmaRule failing(SigmaRule like, String field) {
    Detection detection =
        new Detection.Field(field, new ValueTest.Compare(Comparison.LT, new UncomparableNumber()));
    return new SigmaRule(
        "failing",
        like.title(),
        like.level(),
        like.status(),
        like.tags(),
        like.logsource(),
        like.stage(),
        like.customers(),
        Map.of("s", detection),
        new Condition.Identifier("s"),
        like.attributes(),
        like.contentHash(),
        like.filters(),
        like.position());
  }

  /** Any comparison with a number of another scale asks for the sign. */
  private static final class UncomparableNumber extends BigDecimal {
    private static final long serialVersionUID = 1L;

    UncomparableNumber() {
      super("0.5");
    }

    @Override
    public int signum() {
      throw new IllegalStateException("out of order");
    }
  }
}
