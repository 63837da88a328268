package dev.lockstep.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldValueTest {

  @Test
  void keepsEveryDigitOfANumber() {
    FieldValue number = new FieldValue.Numeric("123456789012345678901234567890.10");
    assertThat(number.asText()).isEqualTo("123456789012345678901234567890.10");
    assertThat(number.asNumber()).hasValue(new BigDecimal("123456789012345678901234567890.10"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1-2", "0x17", "1e99999999999", "٣", "-", ".", "NaN", "1 "})
  void readsNoNumberFromOtherText(String text) {
    assertThat(new FieldValue.Text(text).asNumber()).isEmpty();
  }

  @Test
  void comparesAbsurdNumbersWithoutWritingThemOut() {
    BigDecimal huge = new FieldValue.Numeric("1e999999999").asNumber().orElseThrow();
    BigDecimal tiny = new FieldValue.Numeric("1e-999999999").asNumber().orElseThrow();
    assertThat(huge.compareTo(BigDecimal.TEN)).isPositive();
    assertThat(tiny.compareTo(BigDecimal.ONE)).isNegative();
    assertThat(tiny.compareTo(huge)).isNegative();
  }

  @Test
  void readsNumbersOfAThousandCharactersAndNoLongerOnes() {
    assertThat(new FieldValue.Text("9".repeat(1000)).asNumber()).isPresent();
    assertThat(new FieldValue.Text("9".repeat(1001)).asNumber()).isEmpty();
    assertThat(new FieldValue.Numeric("1e1000000000").asNumber()).isPresent();
    assertThat(new FieldValue.Numeric("1e1000000001").asNumber()).isEmpty();
    assertThat(new FieldValue.Numeric("1e-1000000000").asNumber()).isPresent();
    assertThat(new FieldValue.Numeric("1e-1000000001").asNumber()).isEmpty();
  }
}
