package dev.lockstep.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.local.BalancerTraffic.Request;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BalancerTrafficTest {

  private static List<Request> firstMinute(int perSecond) {
    BalancerTraffic traffic = new BalancerTraffic(/* seed= */ 1, perSecond);
    return IntStream.range(0, 60).mapToObj(traffic::second).flatMap(List::stream).toList();
  }

  @Test
  void theSameSeedGivesTheSameRequests() {
    assertThat(firstMinute(5)).isEqualTo(firstMinute(5)).hasSize(60 * 5 + 60 + 4 * (6 + 14));
  }

  @Test
  void aClientGuessesMorePasswordsThanItsCorrelationWantsAndTheTwentiethIsExpected() {
    List<Request> guesses =
        firstMinute(1).stream().filter(each -> each.client().equals("198.51.100.1")).toList();

    assertThat(guesses).hasSize(24).allMatch(each -> each.status() == 401);
    assertThat(guesses.get(19).group()).isEqualTo(BalancerTraffic.PASSWORDS_GUESSED);
    assertThat(guesses).filteredOn(each -> each.group() != null).hasSize(1);
  }

  @Test
  void aClientGuessesMorePathsThanItsCorrelationWantsAndTheFiftiethIsExpected() {
    List<Request> guesses =
        firstMinute(1).stream().filter(each -> each.client().equals("2001:db8:bad::1")).toList();

    assertThat(guesses).extracting(Request::uri).hasSize(56).doesNotHaveDuplicates();
    assertThat(guesses.get(49).group()).isEqualTo(BalancerTraffic.PATHS_GUESSED);
    assertThat(guesses).filteredOn(each -> each.group() != null).hasSize(1);
  }

  @Test
  void everyHostileRequestComesWithinAQuarterOfAMinuteAndEachMinuteHasOtherClients() {
    BalancerTraffic traffic = new BalancerTraffic(/* seed= */ 1, /* perSecond= */ 1);
    List<String> rules =
        IntStream.range(0, 15)
            .mapToObj(traffic::second)
            .flatMap(List::stream)
            .map(Request::rule)
            .filter(Objects::nonNull)
            .distinct()
            .toList();

    assertThat(rules).hasSize(7);
    assertThat(traffic.second(60))
        .extracting(Request::client)
        .contains("198.51.100.2", "2001:db8:bad::2");
  }
}
