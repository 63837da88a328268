package dev.lockstep.job.detect;

import static dev.lockstep.job.state.Deliveries.bundle;
import static dev.lockstep.job.state.Deliveries.rule;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.content.Delivery;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.content.RuleDocument;
import dev.lockstep.job.detect.RuleForge.Forged;
import dev.lockstep.job.state.ControlUpdate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuleForgeTest {

  private static final Duration NEVER = Duration.ofDays(1);
  private static final RuleDocument A = rule("a", "x", "1");

  private final AtomicInteger compiled = new AtomicInteger();
  private final RuleCompiler compiler = () -> new Counting(new MappedRules(List.of()).start());

  @Test
  void compilesOnceForAllSubtasksAndTellsEachItsOwnSequence() throws Exception {
    BlockingQueue<Forged> first = new LinkedBlockingQueue<>();
    BlockingQueue<Forged> second = new LinkedBlockingQueue<>();
    try (RuleForge one = RuleForge.open(compiler, NEVER, first::add);
        RuleForge other = RuleForge.open(compiler, NEVER, second::add)) {
      ActiveRules rules = one.order(update(1, A)).get();
      assertThat(other.order(update(5, A)).get()).isSameAs(rules);
      assertThat(compiled).hasValue(1);
      assertThat(next(first)).isEqualTo(new Forged(1, rules, null));
      assertThat(next(second)).isEqualTo(new Forged(5, rules, null));
    }
  }

  @Test
  void sharesNothingBetweenCompilersThatDiffer() throws Exception {
    RuleCompiler another = () -> new Counting(new MappedRules(List.of()).start());
    try (RuleForge one = RuleForge.open(compiler, NEVER, forged -> {});
        RuleForge other = RuleForge.open(another, NEVER, forged -> {})) {
      one.order(update(1, A)).get();
      other.order(update(1, A)).get();
      assertThat(compiled).hasValue(2);
    }
  }

  @Test
  void deliversASecondTimeInOneLayerWhenNoOtherBundleHasCome() throws Exception {
    BlockingQueue<Forged> taken = new LinkedBlockingQueue<>();
    try (RuleForge forge = RuleForge.open(compiler, Duration.ZERO, taken::add)) {
      forge.order(update(1, some(100))).get();
      assertThat(rulesOf(next(taken)).program().isLayered()).isFalse();
      forge.order(update(2, some(101))).get();
      ActiveRules layered = rulesOf(next(taken));
      assertThat(layered.program().isLayered()).isTrue();
      Forged flat = next(taken);
      assertThat(flat.sequence()).isEqualTo(2);
      assertThat(rulesOf(flat).program().isLayered()).isFalse();
      assertThat(rulesOf(flat).program().rules()).isEqualTo(layered.program().rules());
      assertThat(rulesOf(flat).version()).isEqualTo(layered.version());

      forge.order(update(3, some(102))).get();
      assertThat(rulesOf(next(taken)).program().isLayered()).isTrue();
      assertThat(rulesOf(next(taken)).program().isLayered()).isFalse();
      assertThat(taken).isEmpty();
    }
  }

  @Test
  void saysWhyThereAreNoRulesAndCompilesTheNextOnes() throws Exception {
    BlockingQueue<Forged> taken = new LinkedBlockingQueue<>();
    RuleCompiler failing =
        () ->
            (version, bundle) -> {
              if (bundle.documents().isEmpty()) {
                throw new IllegalStateException("no rules");
              }
              return new MappedRules(List.of()).start().next(version, bundle);
            };
    try (RuleForge forge = RuleForge.open(failing, NEVER, taken::add)) {
      assertThatThrownBy(() -> forge.order(update(1)).get())
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage("no rules");
      Forged failed = next(taken);
      assertThat(failed.rules()).isNull();
      assertThat(failed.failure()).hasRootCauseMessage("no rules");
      assertThat(forge.order(update(2, A)).get().count()).isEqualTo(1);
    }
  }

  @Test
  void endsItsThreadWithTheLastSubtask() throws Exception {
    RuleForge one = RuleForge.open(compiler, NEVER, forged -> {});
    RuleForge other = RuleForge.open(compiler, NEVER, forged -> {});
    one.order(update(1, A)).get();
    one.close();
    assertThat(other.order(update(2, rule("b", "x", "1"))).get().count()).isEqualTo(1);
    other.close();
    try (RuleForge anew = RuleForge.open(compiler, NEVER, forged -> {})) {
      anew.order(update(1, A)).get();
    }
    assertThat(compiled).hasValue(3);
  }

  private static Forged next(BlockingQueue<Forged> taken) throws InterruptedException {
    return requireNonNull(taken.poll(30, TimeUnit.SECONDS), "nothing came");
  }

  private static ActiveRules rulesOf(Forged forged) {
    return requireNonNull(forged.rules());
  }

  private static RuleDocument[] some(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> rule("r" + i, "x", "1"))
        .toArray(RuleDocument[]::new);
  }

  private static ControlUpdate update(long sequence, RuleDocument... documents) {
    RuleBundle bundle = bundle(documents);
    return ControlUpdate.ofRules(bundle.version(), Delivery.of(bundle).encode()).at(sequence);
  }

  private final class Counting implements RuleRevisions {
    private final RuleRevisions revisions;

    Counting(RuleRevisions revisions) {
      this.revisions = revisions;
    }

    @Override
    public ActiveRules next(String version, RuleBundle bundle) {
      compiled.incrementAndGet();
      return revisions.next(version, bundle);
    }

    @Override
    public ActiveRules flattened(ActiveRules rules) {
      return revisions.flattened(rules);
    }
  }
}
