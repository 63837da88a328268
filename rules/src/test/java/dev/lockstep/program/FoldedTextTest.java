package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two texts are the same for the index only if they are. */
class FoldedTextTest {

  static IntStream charactersWhereTheEncodingChanges() {
    return IntStream.of(0, 'z', 0x7F, 0x80, 0xBF, 0xC0, 0x7FF, 0x800, 0x83F, 0x840, 0x1000, 0xFFFF);
  }

  @ParameterizedTest
  @MethodSource("charactersWhereTheEncodingChanges")
  void aCharacterIsWrittenInUtf8(int c) {
    String folded = CaseFolding.fold("\u00E9" + (char) c);

    assertThat(FoldedText.literal(folded, false, false)).isEqualTo(folded.getBytes(UTF_8));
  }

  @Test
  void aSurrogateIsWrittenAsIfItWereACharacter() {
    byte[] pair = FoldedText.literal("\uD83D\uDE00", false, false);

    assertThat(pair).isEqualTo(new byte[] {-19, -96, -67, -19, -72, -128});
  }

  @Test
  void capitalsAreFoldedWhereverTheyStand() {
    String capitals = "@AMZ[`amz{@AMZ[`amz{AZ";

    assertThat(FoldedText.literal(capitals, false, false))
        .isEqualTo("@amz[`amz{@amz[`amz{az".getBytes(UTF_8));
  }
}
