package dev.lockstep.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sigma.ParsedDocuments;
import dev.lockstep.sigma.SigmaParser;

/** Correlations for tests, from what is written below {@code correlation}. */
final class Correlations {
  private Correlations() {}

  /**
   * @param keys flow style, without braces
   */
  static Correlation of(String keys) {
    ParsedDocuments parsed =
        SigmaParser.parse("c.yml", "title: Test\nid: test\ncorrelation: {" + keys + "}\n");
    assertThat(parsed.issues()).as(keys).isEmpty();
    return new Correlation(parsed.correlations().get(0), "0123456789abcdef", 1);
  }
}
