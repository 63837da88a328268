package dev.lockstep.correlation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values are told apart even where they lie in one piece. */
class SeenValuesTest {
  private final Map<Long, byte[]> store = new HashMap<>();
  private final SeenValues seen =
      new SeenValues(new GroupOperator.MapSlots(store), values -> values.get(0).length());

  @Test
  void valuesOfOneSlotAreToldApart() {
    long slot = seen.see(occurrence(1, "ab"));
    assertThat(seen.see(occurrence(2, "cd"))).isEqualTo(slot);
    assertThat(store).hasSize(1);
    assertThat(requireNonNull(seen.of(List.of("ab"))).atMillis()).isEqualTo(1);
    assertThat(requireNonNull(seen.of(List.of("cd"))).atMillis()).isEqualTo(2);
    assertThat(seen.of(List.of("ef"))).isNull();
  }

  @Test
  void forgettingOneKeepsTheOther() {
    seen.see(occurrence(1, "ab"));
    seen.see(occurrence(2, "cd"));
    seen.forget(List.of("ab"));
    assertThat(seen.of(List.of("ab"))).isNull();
    assertThat(seen.of(List.of("cd"))).isNotNull();
    seen.forget(List.of("cd"));
    assertThat(store).isEmpty();
  }

  @Test
  void onlyWhatWasSeenBeforeIsForgotten() {
    long slot = seen.see(occurrence(1, "ab"));
    seen.see(occurrence(2, "cd"));
    seen.see(occurrence(3, "ef"));
    seen.see(occurrence(4, "ab"));
    assertThat(seen.forgetBefore(slot, 3)).isEqualTo(1);
    assertThat(seen.of(List.of("ab"))).isNotNull();
    assertThat(seen.of(List.of("cd"))).isNull();
    assertThat(seen.forgetBefore(slot, 5)).isEqualTo(2);
    assertThat(store).isEmpty();
  }

  @Test
  void combinationsAreNotWhatTheirTextsMakeTogether() {
    SeenValues hashed = new SeenValues(new GroupOperator.MapSlots(store));
    hashed.see(new Occurrence(1, "e", 0, List.of("a", "bc"), ""));
    assertThat(hashed.of(List.of("ab", "c"))).isNull();
    assertThat(hashed.of(List.of("a", "bc"))).isNotNull();
  }

  private static Occurrence occurrence(long at, String value) {
    return new Occurrence(at, "e" + at, 0, List.of(value), "");
  }
}
