package dev.lockstep.job.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.content.ContentReview;
import dev.lockstep.content.RuleBundle;
import dev.lockstep.content.RuleDocument;
import dev.lockstep.program.RuleMatch;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ActiveRulesTest {
  private static final RuleBundle NOTHING = new RuleBundle(List.of());
  private static final RuleBundle BUNDLE =
      new RuleBundle(
          List.of(
              new RuleDocument(
                  "filter.yml",
                  """
                  title: Filter
                  id: backup
                  logsource: {product: test}
                  filter:
                    rules: any
                    s: {Parent: backup}
                    condition: not s
                  lockstep: {customers: {only: [acme]}}
                  """),
              new RuleDocument(
                  "rule.yml",
                  """
                  title: Rule
                  id: r
                  logsource: {product: test}
                  detection:
                    s: {'User|expand': '%Administrators%'}
                    condition: s
                  """),
              new RuleDocument("values.yml", "placeholders: {Administrators: [root]}\n")));

  private final ActiveRules rules =
      new MappedRules(List.of())
          .start()
          .next("v1", ContentReview.of(BUNDLE, NOTHING, NOTHING).effective());

  @Test
  void judgeWithThePlaceholdersAndFiltersThatTheReviewLeftInForce() throws Exception {
    assertThat(matches("acme", "{\"User\":\"root\"}")).hasSize(1);
    assertThat(matches("acme", "{\"User\":\"root\",\"Parent\":\"backup\"}")).isEmpty();
    assertThat(matches("globex", "{\"User\":\"root\",\"Parent\":\"backup\"}")).hasSize(1);
    assertThat(rules.count()).isEqualTo(1);
  }

  @Test
  void giveAlertsThatNameTheFiltersOfTheCustomer() throws Exception {
    assertThat(alert("acme")).contains("\"filters\":[\"backup\"]");
    assertThat(alert("globex")).doesNotContain("filters");
  }

  private String alert(String customer) throws Exception {
    String json = "{\"User\":\"root\"}";
    EventRecord event = new EventRecord(customer, "e1", 0, "events/0/1", json.getBytes(UTF_8));
    RuleMatch match = matches(customer, json).get(0);
    return new String(
        new AlertAssembly("blue", 1000).of(event, match, "v1").orElseThrow().json, UTF_8);
  }

  private List<RuleMatch> matches(String customer, String json) throws Exception {
    return rules.program().judge(json.getBytes(UTF_8), customer).matches();
  }
}
