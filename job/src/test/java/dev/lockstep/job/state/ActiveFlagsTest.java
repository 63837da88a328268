package dev.lockstep.job.state;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FixedDecisions;
import dev.lockstep.flag.FlagSetReader;
import org.junit.jupiter.api.Test;

class ActiveFlagsTest {

  private static final FlagSetReader READER =
      (text, customers) -> {
        if (text.equals("broken")) {
          throw new IllegalArgumentException("the flag set lacks the flag lockstep-egress");
        }
        return new FixedDecisions(Disposition.LIVE);
      };

  @Test
  void flagsOfFormerTimesDecideNothingWhenThereIsNoSourceAnyMore() {
    ActiveFlags flags = new ActiveFlags.Policy(READER, false, false, Disposition.SHADOW).start();

    flags.replace(ControlUpdate.ofFlags("good"));

    assertThat(requireNonNull(flags.decisions()).version()).isEqualTo("fixed-shadow");
  }

  @Test
  void flagsWaitForTheCustomersThatTheyMayTarget() {
    FlagSetReader tierOfAcme =
        (text, customers) ->
            new FixedDecisions(
                customers.attributesOf("acme").isEmpty() ? Disposition.SHADOW : Disposition.LIVE);
    ActiveFlags flags = new ActiveFlags.Policy(tierOfAcme, true, true, null).start();

    flags.replace(ControlUpdate.ofFlags("good"));
    assertThat(flags.decisions()).isNull();

    flags.replace(ControlUpdate.ofCustomers("{}"));
    assertThat(requireNonNull(flags.decisions()).version()).isEqualTo("fixed-shadow");

    flags.replace(ControlUpdate.ofCustomers("acme: {tier: gold}"));
    assertThat(requireNonNull(flags.decisions()).version()).isEqualTo("fixed-live");
  }

  @Test
  void customersOfFormerTimesCountNoMore() {
    FlagSetReader numberOfCustomers =
        (text, customers) ->
            new FixedDecisions(customers.size() == 0 ? Disposition.SHADOW : Disposition.LIVE);
    ActiveFlags flags = new ActiveFlags.Policy(numberOfCustomers, true, false, null).start();

    flags.replace(ControlUpdate.ofCustomers("acme: {tier: gold}"));
    flags.replace(ControlUpdate.ofFlags("good"));

    assertThat(requireNonNull(flags.decisions()).version()).isEqualTo("fixed-shadow");
  }

  @Test
  void aFlagSetThatCannotBeUsedLeavesWhatWasBefore() {
    ActiveFlags flags = new ActiveFlags.Policy(READER, true, false, null).start();

    flags.replace(ControlUpdate.ofFlags("broken"));
    assertThat(flags.decisions()).isNull();

    flags.replace(ControlUpdate.ofFlags("good"));
    flags.replace(ControlUpdate.ofFlags("broken"));
    assertThat(requireNonNull(flags.decisions()).version()).isEqualTo("fixed-live");
  }
}
