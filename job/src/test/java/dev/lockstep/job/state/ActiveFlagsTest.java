package dev.lockstep.job.state;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FixedDecisions;
import dev.lockstep.flag.FlagSetReader;
import org.junit.jupiter.api.Test;

class ActiveFlagsTest {

  private static final FlagSetReader READER =
      text -> {
        if (text.equals("broken")) {
          throw new IllegalArgumentException("the flag set lacks the flag lockstep-egress");
        }
        return new FixedDecisions(Disposition.LIVE);
      };

  @Test
  void flagsOfFormerTimesDecideNothingWhenThereIsNoSourceAnyMore() {
    ActiveFlags flags = new ActiveFlags.Policy(READER, false, Disposition.SHADOW).start();

    flags.replace(ControlUpdate.ofFlags("good"));

    assertThat(requireNonNull(flags.decisions()).version()).isEqualTo("fixed-shadow");
  }

  @Test
  void aFlagSetThatCannotBeUsedLeavesWhatWasBefore() {
    ActiveFlags flags = new ActiveFlags.Policy(READER, true, null).start();

    flags.replace(ControlUpdate.ofFlags("broken"));
    assertThat(flags.decisions()).isNull();

    flags.replace(ControlUpdate.ofFlags("good"));
    flags.replace(ControlUpdate.ofFlags("broken"));
    assertThat(requireNonNull(flags.decisions()).version()).isEqualTo("fixed-live");
  }
}
