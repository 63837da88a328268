package dev.lockstep.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleMarksTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 127, 128, 4095, 4096, 4097, 10_000})
  void handsOutEachRuleOnceAndInOrderAndIsEmptyThen(int ruleCount) {
    RuleMarks marks = new RuleMarks(ruleCount);
    Random random = new Random(ruleCount);
    for (int round = 0; round < 50; round++) {
      TreeSet<Integer> expected = new TreeSet<>(List.of(0, ruleCount - 1));
      for (int i = random.nextInt(40); i > 0; i--) {
        expected.add(random.nextInt(ruleCount));
      }
      List<Integer> shuffled = new ArrayList<>(expected);
      Collections.shuffle(shuffled, random);
      shuffled.forEach(marks::add);
      shuffled.forEach(marks::add);
      assertThat(drained(marks)).containsExactlyElementsOf(expected);
      assertThat(drained(marks)).isEmpty();
    }
  }

  private static List<Integer> drained(RuleMarks marks) {
    List<Integer> rules = new ArrayList<>();
    marks.drain(rules::add);
    return rules;
  }
}
