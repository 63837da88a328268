package dev.lockstep.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class Sha256Test {

  @Test
  void agreesWithThePublishedVector() {
    // FIPS 180-2, appendix B.1
    assertThat(Sha256.hex("abc", 32))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void givesAsManyBytesAsAreAskedFor() {
    assertThat(Sha256.hex("abc", 4)).isEqualTo("ba7816bf");
  }

  @Test
  void tellsPartsApartWhereverTheBoundaryIs() {
    assertThat(Sha256.hexOfParts(List.of("ab", "c"), 8))
        .isNotEqualTo(Sha256.hexOfParts(List.of("a", "bc"), 8))
        .isNotEqualTo(Sha256.hexOfParts(List.of("abc"), 8));
  }
}
