package dev.lockstep.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleManifestTest {
  private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");
  private static final RuleBundle BUNDLE =
      new RuleBundle(
          List.of(
              Rules.file("b.yml", "y"),
              Rules.file("a.yml", "x"),
              Rules.filter("c.yml", "f", "[x]"),
              Rules.values("v.yml", "servers", "one")));

  @Test
  void namesEachRuleInTheOrderOfTheFiles() {
    BundleManifest manifest = BundleManifest.of("rules", BUNDLE, "abc", TIME);

    assertThat(manifest.files()).isEqualTo(4);
    assertThat(manifest.version()).isEqualTo(BUNDLE.version());
    assertThat(manifest.rules())
        .extracting(rule -> rule.id() + " " + rule.title() + " " + rule.file())
        .containsExactly("x Rule x a.yml", "y Rule y b.yml");
    assertThat(manifest.rules())
        .allSatisfy(rule -> assertThat(rule.hash()).matches("[0-9a-f]{16}"));
  }

  @Test
  void isTheSameAfterWritingAndReading() {
    BundleManifest manifest = BundleManifest.of("rules", BUNDLE, "abc", TIME);
    BundleManifest bare = BundleManifest.of("rules", BUNDLE, null, null);

    assertThat(BundleManifestJson.read(BundleManifestJson.write(manifest))).isEqualTo(manifest);
    assertThat(BundleManifestJson.read(BundleManifestJson.write(bare))).isEqualTo(bare);
    assertThat(BundleManifestJson.read(BundleManifestJson.write(bare.withRemovalMeant())))
        .isEqualTo(bare.withRemovalMeant())
        .isNotEqualTo(bare);
  }

  @Test
  void describesAPieceOfItsBundle() {
    BundleManifest manifest = BundleManifest.of("rules", BUNDLE, "abc", TIME).withRemovalMeant();
    RuleBundle piece = new RuleBundle(List.of(Rules.file("b.yml", "y")));
    BundleManifest shard = manifest.ofShard(2, 3, piece);

    assertThat(shard.pieceName()).isEqualTo("rules-2-of-3");
    assertThat(shard.wholeVersion()).isEqualTo(manifest.version());
    assertThat(shard.version()).isEqualTo(piece.version());
    assertThat(shard.rules()).containsExactly(manifest.rules().get(1));
    assertThat(BundleManifestJson.read(BundleManifestJson.write(shard))).isEqualTo(shard);
    assertThat(manifest.pieceName()).isEqualTo("rules");
    assertThat(manifest.wholeVersion()).isEqualTo(manifest.version());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> manifest.ofShard(4, 3, piece))
        .withMessage("a shard must be 1 to 3, was 4");
  }

  @Test
  void passesOverWhatALaterVersionMayAdd() {
    String later = json().replace("\"name\"", "\"parts\" : [ { \"a\" : [ ] } ],\n  \"name\"");

    assertThat(BundleManifestJson.read(later.getBytes(UTF_8)))
        .isEqualTo(BundleManifest.of("rules", BUNDLE, "abc", TIME));
  }

  @Test
  void isNotMadeOfRulesWithIssues() {
    RuleBundle broken = new RuleBundle(List.of(Rules.broken("a.yml", "x")));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> BundleManifest.of("rules", broken, null, null))
        .withMessageStartingWith("not without issues: a.yml:6:14: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "\"format\" : 1 ~ \"format\" : 2 ~ the manifest's format must be 1, was 2",
        "\"count\" : 2 ~ \"count\" : 3 ~ the manifest says that it has 3 rules, and has 2",
        "\"files\" : 4 ~ \"files\" : \"four\" ~ the manifest's 'files' must be a number, was 'four'",
        "\"version\" ~ \"versions\" ~ the manifest must have 'version'",
        "\"hash\" ~ \"hush\" ~ the manifest must have 'hash'",
        "2026-01-31T12:00:00Z ~ today ~ the manifest's 'built_at' must be a time as in"
            + " 2026-01-31T12:00:00Z, was 'today'",
      })
  void isRefusedWhenItIsWrong(String part, String wrong, String message) {
    assertThat(json()).contains(part);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BundleManifestJson.read(json().replace(part, wrong).getBytes(UTF_8)))
        .withMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"''", "[]", "{", "{\"format\":1", "no json"})
  void isRefusedWhenItIsNone(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BundleManifestJson.read(text.getBytes(UTF_8)));
  }

  private static String json() {
    return new String(
        BundleManifestJson.write(BundleManifest.of("rules", BUNDLE, "abc", TIME)), UTF_8);
  }
}
