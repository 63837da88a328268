package dev.lockstep.parity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alert.Alert;
import dev.lockstep.alert.Alert.Routing;
import dev.lockstep.alert.AlertJson;
import dev.lockstep.alert.Lane;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is rescued, for single cases and for random histories of flags. */
class LiveDebtTest {

  private static final ComparedEngines PAIR = new ComparedEngines("blue", "green", null);

  /** What a flag set says of both engines, and whether a customer in it is nobody's. */
  private record FlagSet(String name, String blue, String green) {
    Map<String, String> lanes() {
      Map<String, String> lanes = new LinkedHashMap<>();
      lanes.put("blue", blue);
      lanes.put("green", green);
      return lanes;
    }

    String of(String engine) {
      return engine.equals("blue") ? blue : green;
    }

    boolean hasOneLive() {
      return blue.equals("live") || green.equals("live");
    }
  }

  @ParameterizedTest
  @CsvSource({
    // flags of blue's copy: blue, green; of green's copy: blue, green; owed
    "shadow, live,   live,   shadow, true",
    "shadow, shadow, live,   shadow, false",
    "shadow, live,   shadow, shadow, false",
    "shadow, shadow, shadow, shadow, false",
    "live,   shadow, live,   shadow, false",
    "live,   live,   live,   live,   false",
  })
  void isOwedIfEachFlagSetHasOneOfThemLiveAndNoneIs(
      String blue1, String green1, String blue2, String green2, boolean owed) {
    FlagSet first = new FlagSet("f1", blue1, green1);
    FlagSet second = new FlagSet("f2", blue2, green2);

    assertThat(LiveDebt.isOwed(PAIR, List.of(copy("blue", first), copy("green", second))))
        .isEqualTo(owed);
  }

  @Test
  void aRuleOfStageShadowIsNeverOwed() {
    Copies blue = Copies.of("blue", Lane.SHADOW).under("f2", Map.of("green", "live"));
    Copies green = Copies.of("green", Lane.SHADOW).under("f1", Map.of("blue", "live"));
    assertThat(LiveDebt.isOwed(PAIR, List.of(blue.copy(), green.copy()))).isTrue();
    green.shadowOnly = true;
    assertThat(LiveDebt.isOwed(PAIR, List.of(blue.copy(), green.copy()))).isFalse();
  }

  @Test
  void oneEnginesCopyAloneIsNotOwed() {
    Copies blue = Copies.of("blue", Lane.SHADOW).under("f2", Map.of("green", "live"));
    assertThat(LiveDebt.isOwed(PAIR, List.of(blue.copy()))).isFalse();
  }

  @Test
  void anEngineThatDoesNotSayIsNoWitness() {
    Copies old = Copies.of("blue", Lane.SHADOW);
    Copies green = Copies.of("green", Lane.SHADOW).under("f1", Map.of("blue", "live"));
    assertThat(LiveDebt.isOwed(PAIR, List.of(old.copy(), green.copy()))).isTrue();
    Copies none = Copies.of("green", Lane.SHADOW);
    assertThat(LiveDebt.isOwed(PAIR, List.of(old.copy(), none.copy()))).isFalse();
  }

  /**
   * A history of flag sets reaches each engine in its order, at times of its own; each alert is
   * judged by each engine at some time of its own. Copies then come in any order. Whatever happens:
   * if every set has an engine live, each alert is live at least once, and it is rescued only if no
   * engine has sent it live; if some set has none live, what is rescued is not nobody's under any
   * set that decided it.
   */
  @Test
  void overRandomHistoriesNoAlertIsLostAndNoneIsRescuedThatIsNobodys() {
    int rescued = 0;
    int duplicates = 0;
    for (long seed = 1; seed <= 2_000; seed++) {
      Random random = new Random(seed);
      boolean covering = random.nextBoolean();
      List<FlagSet> history = history(random, covering);
      for (int alert = 0; alert < 5; alert++) {
        List<FlagSet> deciding = new ArrayList<>();
        List<AlertCopy> coming = new ArrayList<>();
        for (String engine : List.of("blue", "green")) {
          FlagSet set = history.get(random.nextInt(history.size()));
          deciding.add(set);
          coming.add(copy(engine, set));
        }
        Collections.shuffle(coming, random);
        List<AlertCopy> there = new ArrayList<>();
        boolean sentByParity = false;
        for (AlertCopy copy : coming) {
          there.add(copy);
          sentByParity |= LiveDebt.isOwed(PAIR, there);
        }
        long live = coming.stream().filter(AlertCopy::isLive).count();
        String what = "seed " + seed + " " + deciding;
        if (covering) {
          assertThat(live + (sentByParity ? 1 : 0)).as(what).isPositive();
        }
        if (sentByParity) {
          assertThat(live).as(what).isZero();
          assertThat(deciding).as(what).allMatch(FlagSet::hasOneLive);
          rescued++;
        }
        duplicates += live > 1 ? 1 : 0;
      }
    }
    assertThat(rescued).isGreaterThan(100);
    assertThat(duplicates).isGreaterThan(100);
  }

  @Test
  void aRescuedAlertIsItsCopyInTheLiveLaneWithTheReason() {
    Copies blue = Copies.of("blue", Lane.SHADOW).under("f2", Map.of("green", "live"));
    Copies green = Copies.of("green", Lane.SHADOW).under("f1", Map.of("blue", "live"));

    byte[] json = RescuedAlert.of(blue.json(), List.of(blue.copy(), green.copy()));

    Alert before = AlertJson.read(blue.json());
    Alert rescued = AlertJson.read(json);
    Routing routing = requireNonNull(rescued.routing());
    assertThat(routing.lane()).isEqualTo(Lane.LIVE);
    assertThat(routing.rescuedFrom())
        .containsExactly(
            new Alert.RescuedCopy("blue", "f2", "FALLTHROUGH"),
            new Alert.RescuedCopy("green", "f1", "FALLTHROUGH"));
    assertThat(rescued.routed(requireNonNull(before.routing()))).isEqualTo(before);
    assertThat(AlertCopy.read("live", 1, json).isRescued()).isTrue();
    assertThat(new String(json, UTF_8).replaceFirst("\"lane\".*\"reason\":\"FALLTHROUGH\"}]},", ""))
        .isEqualTo(new String(blue.json(), UTF_8).replaceFirst("\"lane\":\"shadow\",", ""));
  }

  private static AlertCopy copy(String engine, FlagSet set) {
    return Copies.of(engine, Lane.ofWireName(set.of(engine))).under(set.name(), set.lanes()).copy();
  }

  private static List<FlagSet> history(Random random, boolean covering) {
    List<FlagSet> history = new ArrayList<>();
    int length = 1 + random.nextInt(4);
    while (history.size() < length) {
      FlagSet set = new FlagSet("f" + history.size(), lane(random), lane(random));
      if (!covering || set.hasOneLive()) {
        history.add(set);
      }
    }
    return history;
  }

  private static String lane(Random random) {
    return random.nextBoolean() ? "live" : "shadow";
  }
}
