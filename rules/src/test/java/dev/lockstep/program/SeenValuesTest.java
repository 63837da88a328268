package dev.lockstep.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.event.ScalarKind;
import org.junit.jupiter.api.Test;

class SeenValuesTest {

  @Test
  void knowsWhereEachValueIs() {
    SeenValues values = new SeenValues();
    int top = values.add("a b", ScalarKind.TEXT, "1");
    values.enter("c d");
    int inside = values.add("e", ScalarKind.TEXT, "2");
    values.enter("f");
    int deep = values.add("g", ScalarKind.NULL, "null");
    values.leave();
    int after = values.add("h", ScalarKind.NUMBER, "4");
    values.leave();
    int last = values.add("", ScalarKind.TRUTH, "true");
    assertThat(values.pathOf(top)).isEqualTo("ab");
    assertThat(values.pathOf(inside)).isEqualTo("cd.e");
    assertThat(values.pathOf(deep)).isEqualTo("cd.f.g");
    assertThat(values.pathOf(after)).isEqualTo("cd.h");
    assertThat(values.pathOf(last)).isEmpty();
    assertThat(values.get(deep).text()).isNull();
    assertThat(values.get(after).text()).isEqualTo("4");
    assertThat(values.get(after).kind()).isEqualTo(ScalarKind.NUMBER);
  }

  @Test
  void forgetsWhatItHeldAndWhereItWasHowManyThereWere() {
    SeenValues values = new SeenValues();
    for (int count : new int[] {1, 1024, 1025, 3000, 2}) {
      values.enter("never left");
      for (int i = 0; i < count; i++) {
        assertThat(values.add("a", ScalarKind.TEXT, "secret")).isEqualTo(i);
      }
      SeenValue kept = values.get(0);
      values.forget();
      assertThat(values.add("b", ScalarKind.TEXT, "x")).isZero();
      assertThat(values.pathOf(0)).isEqualTo("b");
      assertThat(kept == values.get(0)).as("%d are used again", count).isEqualTo(count <= 1024);
      values.forget();
    }
  }

  @Test
  void aForgottenValueHoldsNoText() {
    SeenValues values = new SeenValues();
    values.add("a", ScalarKind.TEXT, "secret");
    SeenValue value = values.get(0);
    assertThat(value.folded()).isEqualTo("secret");
    values.forget();
    assertThat(value.text()).isNull();
    assertThat(value.folded()).isNull();
  }
}
