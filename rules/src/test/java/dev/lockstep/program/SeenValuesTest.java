package dev.lockstep.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.event.EventText;
import dev.lockstep.event.ScalarKind;
import org.junit.jupiter.api.Test;

class SeenValuesTest {

  @Test
  void knowsWhereEachValueIs() {
    SeenValues values = new SeenValues();
    int top = values.add(text("a b"), ScalarKind.TEXT, text("1"));
    values.enter(text("c d"));
    int inside = values.add(text("e"), ScalarKind.TEXT, text("2"));
    values.enter(text("f"));
    int deep = values.add(text("g"), ScalarKind.NULL, text("null"));
    values.leave();
    int after = values.add(text("h"), ScalarKind.NUMBER, text("4"));
    values.leave();
    int last = values.add(text(""), ScalarKind.TRUTH, text("true"));
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
  void forgetsWhatItHeldAndWhereItWasHoweverManyThereWere() {
    SeenValues values = new SeenValues();
    for (int count : new int[] {1, 1024, 1025, 3000, 2}) {
      values.enter(text("never left"));
      for (int i = 0; i < count; i++) {
        assertThat(values.add(text("a"), ScalarKind.TEXT, text("secret"))).isEqualTo(i);
      }
      SeenValue kept = values.get(0);
      values.forget();
      assertThat(values.add(text("b"), ScalarKind.TEXT, text("x"))).isZero();
      assertThat(values.pathOf(0)).isEqualTo("b");
      assertThat(kept == values.get(0)).as("%d are used again", count).isEqualTo(count <= 1024);
      values.forget();
    }
  }

  private static EventText text(String decoded) {
    return EventText.of(decoded);
  }
}
