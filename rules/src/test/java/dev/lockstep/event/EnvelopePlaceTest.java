package dev.lockstep.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopePlaceTest {

  @Test
  void isReadFromWhatIsWrittenInTheOptions() {
    assertThat(EnvelopePlace.parse(" key ")).isEqualTo(new EnvelopePlace.Key());
    assertThat(EnvelopePlace.parse("header:id")).isEqualTo(new EnvelopePlace.Header("id"));
    assertThat(EnvelopePlace.parse("field:a.b:c")).isEqualTo(new EnvelopePlace.Field("a.b:c"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"key", "header:id", "field:a.b"})
  void isShownAsItIsWritten(String written) {
    assertThat(EnvelopePlace.parse(written)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "keys", "header", "header:", "field: ", ":id", "column:id"})
  void isRefusedWhereItSaysNoPlace(String written) {
    assertThatThrownBy(() -> EnvelopePlace.parse(written))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a place must be 'key', 'header:NAME' or 'field:PATH', was '%s'".formatted(written));
  }
}
