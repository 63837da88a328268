package dev.lockstep.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sketches are as exact as they say, and say the same however they came about. */
class SketchTest {
  private static final double STANDARD_ERROR = 0.0163;

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1000, 20_000, 300_000})
  void countsDifferentValuesWithinItsError(int values) {
    double squares = 0;
    int runs = 12;
    for (int run = 0; run < runs; run++) {
      Sketch sketch = DistinctSketch.FORM.create();
      for (int i = 0; i < values; i++) {
        sketch.add(with("run" + run, "v" + i));
        sketch.add(with("run" + run, "v" + i / 2));
      }
      double error = (sketch.count() - values) / (double) values;
      assertThat(error).isCloseTo(0, within(4 * STANDARD_ERROR));
      squares += error * error;
    }
    assertThat(Math.sqrt(squares / runs)).isLessThan(1.6 * STANDARD_ERROR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "25", "50", "99.9", "100"})
  void findsAPercentileWithinItsError(String percentile) {
    RandomGenerator random = new SplittableRandom(7);
    Sketch sketch = new PercentileSketch.Form(new BigDecimal(percentile)).create();
    List<Double> numbers = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      double number = Math.exp(random.nextGaussian() * 6) * (random.nextInt(4) == 0 ? -1 : 1);
      numbers.add(number);
      sketch.add(with(BigDecimal.valueOf(number).toPlainString()));
    }
    Collections.sort(numbers);
    int rank = (int) (Double.parseDouble(percentile) / 100 * (numbers.size() - 1));

    double exact = numbers.get(rank);
    assertThat(sketch.value().doubleValue())
        .isCloseTo(exact, within(Math.abs(exact) * 0.0101 + PercentileSketch.LEAST));
    assertThat(sketch.count()).isEqualTo(5000);
  }

  @Test
  void numbersBeyondItsRangeAreItsEnds() {
    assertThat(percentileOf("100", "1e300", "5").doubleValue()).isCloseTo(1e18, within(1.01e16));
    assertThat(percentileOf("0", "-1e300", "5").doubleValue()).isCloseTo(-1e18, within(1.01e16));
    assertThat(percentileOf("50", "1e-9").signum()).isZero();
  }

  private static BigDecimal percentileOf(String percentile, String... numbers) {
    Sketch sketch = new PercentileSketch.Form(new BigDecimal(percentile)).create();
    for (String number : numbers) {
      sketch.add(with(number));
    }
    return sketch.value();
  }

  /** Two engines do not get events at the same pace, and one of them may have been restarted. */
  @Test
  void isAFunctionOfWhatItWasGiven() {
    for (Sketch.Form form :
        List.of(DistinctSketch.FORM, new PercentileSketch.Form(new BigDecimal("30")))) {
      List<Occurrence> given = new ArrayList<>();
      RandomGenerator random = new SplittableRandom(1);
      for (int i = 0; i < 3000; i++) {
        given.add(with(String.valueOf(random.nextInt(1000) - 300)));
      }
      Sketch whole = form.create();
      given.forEach(whole::add);

      Collections.shuffle(given, new Random(2));
      Sketch sum = form.create();
      for (int from = 0; from < given.size(); from += 600) {
        Sketch part = form.create();
        given.subList(from, from + 600).forEach(part::add);
        Sketch restored = form.create();
        restored.addAll(part.write());
        sum.addAll(restored.write());
      }

      assertThat(sum.write()).isEqualTo(whole.write());
      assertThat(sum.value()).isEqualTo(whole.value());
      assertThat(sum.count()).isEqualTo(whole.count());
    }
  }

  @Test
  void manyValuesTakeAFewKilobytes() {
    GroupOperator operator =
        operator(
            "type: value_count, rules: [a], timespan: 10m, exact-up-to: 100,"
                + " condition: {field: v, gte: 15000}");
    for (int i = 0; i < 20_000; i++) {
      operator.add(List.of(new Occurrence(i * 20L, "e" + i, 0, List.of("v" + i), "{}")));
      if (i % 500 == 0) {
        operator.advanceTo(i * 20L);
        assertThat(operator.held().values().stream().mapToInt(ByteBuffer::remaining).sum())
            .isLessThan(80_000);
      }
    }
    operator.finish();

    Finding finding = operator.findings().get(0);
    assertThat(operator.findings()).hasSize(1);
    assertThat(finding.atMillis() / 20.0).isCloseTo(15_000, within(15_000 * 3 * STANDARD_ERROR));
    assertThat(finding.count()).isBetween(15_000L, 15_100L);
    assertThat(finding.approximate()).isTrue();
    assertThat(finding.estimatedBy())
        .isEqualTo(
            "HyperLogLog, standard error 1.6 %; the window is up to a tenth longer than the"
                + " timespan");
    assertThat(finding.events()).hasSize(10);
    assertThat(operator.givenUp()).isZero();
    assertThat(operator.isEmpty()).isTrue();
  }

  @Test
  void isExactAgainAfterATimespanThatCouldBeKept() {
    GroupOperator operator =
        operator(
            "type: value_median, rules: [a], timespan: 10s, exact-up-to: 20,"
                + " condition: {field: v, gte: 7}");
    long at = 0;
    for (int i = 0; i < 100; i++) {
      at += 10;
      operator.add(List.of(new Occurrence(at, "many" + i, 0, List.of("1"), "{}")));
    }
    for (int i = 0; i < 40; i++) {
      at += 1000;
      String value = i == 9 || i == 10 || i == 11 ? "1000" : i > 30 ? "7" : "2";
      operator.add(List.of(new Occurrence(at, "few" + i, 0, List.of(value), "{}")));
    }
    operator.finish();

    assertThat(operator.findings())
        .extracting(Finding::estimatedBy)
        .as("7 is 7, and not within 1 %")
        .containsExactly((String) null);
    assertThat(operator.findings().get(0).value()).isEqualByComparingTo("7");
    assertThat(operator.estimated()).isBetween(80, 110);
    assertThat(operator.isEmpty()).isTrue();
  }

  private static Occurrence with(String... values) {
    return new Occurrence(0, "e", 0, List.of(values), "");
  }

  private static GroupOperator operator(String keys) {
    return new GroupOperator(Correlations.of(keys), 100_000);
  }
}
