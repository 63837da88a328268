package dev.lockstep.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RuleBundleTest {
  private static final RuleDocument A = new RuleDocument("a.yml", "title: Ä 🔒\n");
  private static final RuleDocument B = new RuleDocument("b/c.yml", "");

  @Test
  void isTheSameAfterEncodingAndDecoding() {
    RuleBundle bundle = new RuleBundle(List.of(A, B));

    assertThat(RuleBundle.decode(bundle.encode())).isEqualTo(bundle);
  }

  @Test
  void mayBeEmpty() {
    RuleBundle empty = new RuleBundle(List.of());

    assertThat(RuleBundle.decode(empty.encode())).isEqualTo(empty);
  }

  @Test
  void hasTheVersionOfItsContentWhateverTheOrderOfItsDocuments() {
    RuleBundle bundle = new RuleBundle(List.of(A, B));
    RuleBundle turned = new RuleBundle(List.of(B, A));

    assertThat(turned).isEqualTo(bundle);
    assertThat(turned.version()).isEqualTo(bundle.version()).matches("[0-9a-f]{16}");
    assertThat(turned.encode()).isEqualTo(bundle.encode());
  }

  @Test
  void hasAnotherVersionWhenATextOrAPathIsAnother() {
    assertThat(
            List.of(
                versionOf(A),
                versionOf(B),
                versionOf(A, B),
                versionOf(new RuleDocument("a.yml", "title: B\n")),
                versionOf(new RuleDocument("b.yml", A.text())),
                versionOf(new RuleDocument("a.ymlt", "itle: Ä 🔒\n"))))
        .doesNotHaveDuplicates();
  }

  @Test
  void refusesAPathTwice() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RuleBundle(List.of(A, B, new RuleDocument("a.yml", ""))))
        .withMessage("a bundle must not hold a path twice: a.yml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "{\"rules\": []}"})
  void refusesBytesThatAreNoBundle(String garbage) {
    assertRefused(garbage.getBytes(UTF_8));
  }

  @Test
  void refusesWhatIsCutOffAnywhere() {
    byte[] encoded = new RuleBundle(List.of(A, B)).encode();

    for (int length = 0; length < encoded.length; length++) {
      assertRefused(Arrays.copyOf(encoded, length));
    }
  }

  @Test
  void refusesWhatDoesNotFitItsChecksum() {
    byte[] encoded = new RuleBundle(List.of(A, B)).encode();
    encoded[encoded.length - 6] ^= 1;

    assertRefused(encoded);
  }

  @Test
  void refusesAnotherFormat() throws IOException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RuleBundle.decode(zipped(2, 0)))
        .withMessage("bundle format must be 1, was 2");
  }

  @Test
  void refusesNumbersThatDoNotAddUp() throws IOException {
    assertRefused(zipped(1, -1));
    assertRefused(zipped(1, 1, -1));
    assertRefused(zipped(1, 1, Integer.MAX_VALUE));
    assertRefused(zipped(1, 0, 7));
  }

  private static String versionOf(RuleDocument... documents) {
    return new RuleBundle(List.of(documents)).version();
  }

  private static void assertRefused(byte[] bytes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RuleBundle.decode(bytes))
        .withMessageStartingWith("not an encoded bundle: ");
  }

  private static byte[] zipped(int format, int... numbers) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
      out.writeByte(format);
      for (int number : numbers) {
        out.writeInt(number);
      }
    }
    return bytes.toByteArray();
  }
}
