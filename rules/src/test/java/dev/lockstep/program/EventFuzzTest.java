package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.content.Content;
import dev.lockstep.content.ContentDirectory;
import dev.lockstep.event.EventProjection;
import dev.lockstep.event.MalformedEventException;
import dev.lockstep.sigma.SigmaRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * However broken an event is, it is refused or judged, as the full reading refuses and the full
 * scan judges it: no exception, no hang, no great memory.
 */
class EventFuzzTest {
  private static final int USUAL_COUNT = 20_000;

  /** Naive judgement takes long. */
  private static final int COMPARED_ONE_IN = 50;

  @Test
  void everyMutatedEventIsRefusedOrJudgedAsByTheFullScan() throws Exception {
    new FuzzRun<>("events", USUAL_COUNT, new MutatedEvents()).run();
  }

  private static final class MutatedEvents implements FuzzRun.Subject<byte[]> {
    private final List<SigmaRule> rules = new ArrayList<>();
    private final List<RuleProgram> programs = new ArrayList<>();
    private final List<NaiveProgram> oracles = new ArrayList<>();
    private final List<byte[]> seeds = new ArrayList<>();
    private final EventMutator mutator;
    private long judged;
    private long compared;
    private long matches;

    MutatedEvents() throws Exception {
      RandomRules made = new RandomRules(new Random(4711));
      for (int i = 0; i < 400; i++) {
        seeds.add(made.event().getBytes(UTF_8));
      }
      if (DocumentSeeds.corpus("lanes").isPresent()) {
        for (String lane : Lanes.NAMES) {
          seeds.addAll(Lanes.every(Lanes.events(lane), 100));
        }
      }
      rules.addAll(Content.read(ContentDirectory.read(Path.of("content")).rules()).rules());
      rules.addAll(made.rules(60));
      // with keywords all of an event is read, without them only what rules ask for
      add(rules);
      add(rules.subList(0, 28));
      this.mutator = new EventMutator(seeds);
    }

    private void add(List<SigmaRule> some) {
      programs.add(RuleProgram.compile(some));
      oracles.add(new NaiveProgram(some));
    }

    @Override
    public byte[] make(RandomGenerator random) {
      return mutator.mutate(seeds.get(random.nextInt(seeds.size())), random);
    }

    @Override
    public void check(byte[] input, RandomGenerator random) throws Exception {
      boolean readable = isReadable(input);
      for (int i = 0; i < programs.size(); i++) {
        MatchResult result = judge(programs.get(i), input);
        assertThat(result != null).as("is judged by program %d", i).isEqualTo(readable);
        if (result == null) {
          continue;
        }
        judged++;
        matches += result.matches().size();
        assertThat(result.faults()).isEmpty();
        if (random.nextInt(COMPARED_ONE_IN) == 0) {
          compared++;
          assertThat(Agreement.byPosition(result, programs.get(i).rules()).toString())
              .isEqualTo(oracles.get(i).match(input, "acme").toString());
        }
      }
    }

    private static boolean isReadable(byte[] json) {
      try {
        EventProjection.whole().read(json);
        return true;
      } catch (MalformedEventException e) {
        return false;
      }
    }

    private static @Nullable MatchResult judge(RuleProgram program, byte[] json) {
      try {
        return program.judge(json, "acme");
      } catch (MalformedEventException e) {
        return null;
      }
    }

    @Override
    public byte[] bytesOf(byte[] input) {
      return input;
    }

    @Override
    public String toString() {
      return "%d judgements, %d of them compared, %d matches".formatted(judged, compared, matches);
    }
  }
}
