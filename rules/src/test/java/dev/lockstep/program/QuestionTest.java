package dev.lockstep.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sigma.Detection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '\u0001',
      value = {
        "{a: [x, y]}                 ~ a",
        "{a: [x, 1, true]}           ~ a",
        "[{a: x}, {a|re: y}]         ~ a",
        "[x, y]                      ~ keywords",
        "[{a: x}, {b: x}]            ~ several",
        "[{a: x}, y]                 ~ several",
        "[y, {a: x}]                 ~ several",
        "{a: [x, null]}              ~ several",
        "{a: [null, x]}              ~ several",
        "[{a: x}, {a|exists: true}]  ~ several",
        "[{a: x}, {a|fieldref: b}]   ~ several",
        "[{a: x}, {a|neq: y}]        ~ several",
        "[{a: x}, {a: y, b: z}]      ~ several",
      })
  void testsOfTheValuesOfOneFieldAreOneQuestion(String search, String expected) {
    List<Detection> parts = partsOfAny(Rules.rule("t", search, "s").detections().get("s"));
    Optional<Question> question = Question.ofAny(parts);
    String asked =
        question.map(one -> one.field() == null ? "keywords" : one.field()).orElse("several");
    assertThat(asked).isEqualTo(expected.strip());
    question.ifPresent(one -> assertThat(one.tests()).hasSameSizeAs(parts));
  }

  @Test
  void nothingIsNoQuestion() {
    assertThat(Question.ofAny(List.of())).isEmpty();
  }

  private static List<Detection> partsOfAny(@Nullable Detection detection) {
    assertThat(detection).isInstanceOf(Detection.AnyOf.class);
    return detection instanceof Detection.AnyOf any ? any.parts() : List.of();
  }
}
