package dev.lockstep.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GroupKeyTest {

  @Test
  void isReadAsItWasWritten() {
    for (List<String> values :
        List.of(
            List.<String>of(), List.of(""), List.of("a", "1:b", "\ud800 é:"), List.of("3:abc"))) {
      GroupKey key = new GroupKey("acme", "id: with 1:", "0123456789abcdef", values);
      assertThat(GroupKey.decode(key.encode())).isEqualTo(key);
    }
  }

  @Test
  void isAnotherTextForAnotherKey() {
    assertThat(new GroupKey("a", "b", "c", List.of("d", "e")).encode())
        .isNotEqualTo(new GroupKey("a", "b", "c", List.of("d1:e")).encode())
        .isNotEqualTo(new GroupKey("a", "b", "c", List.of("de")).encode());
  }
}
