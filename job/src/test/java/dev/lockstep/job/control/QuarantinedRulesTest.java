package dev.lockstep.job.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.job.state.Quarantine;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuarantinedRulesTest {

  private final QuarantinedRules rules = new QuarantinedRules("blue", /* restored= */ null);

  @Test
  void holdsTheRulesOfTheEngineWhoseNewestStatusSaysSo() throws Exception {
    put("blue/a", "quarantined", "v1");
    put("blue/b", "accepted", "v1");
    put("green/c", "quarantined", "v1");
    put("blue/d with a blank", "quarantined", "v2");
    assertThat(changed()).isEqualTo(Map.of("a", "v1", "d with a blank", "v2"));
    assertThat(changed()).as("no change").isNull();
  }

  @Test
  void letsARuleGoByAnyOtherStatusOrNone() throws Exception {
    put("blue/a", "quarantined", "v1");
    put("blue/b", "quarantined", "v1");
    assertThat(changed()).hasSize(2);
    put("blue/a", "released", null);
    rules.remove("blue/b", Instant.EPOCH);
    assertThat(changed()).isEmpty();
  }

  @Test
  void saysAtTheStartThatThereIsNoneAndAfterARestartOnlyWhatChanged() throws Exception {
    assertThat(changed()).isEmpty();
    put("blue/a", "quarantined", "v1");
    byte[] held = rules.change();
    QuarantinedRules restored = new QuarantinedRules("blue", held);
    restored.begin();
    restored.put("blue/a", json("quarantined", "v1"), Instant.EPOCH);
    assertThat(restored.change()).isNull();
    restored.begin();
    assertThat(restored.change()).as("what the topic has no more").isNotNull();
  }

  @Test
  void tellsAReleaseUntilItIsAnswered() throws Exception {
    put("blue/a", "quarantined", "v1");
    put("blue/b", "released", null);
    put("blue/a", "released", null);
    assertThat(released()).containsExactly("a", "b");
    assertThat(rules.change()).isNull();

    rules.put(
        "blue/a",
        "{\"status\":\"released\",\"answered_at\":\"now\"}".getBytes(UTF_8),
        Instant.EPOCH);
    put("blue/b", "accepted", null);
    assertThat(released()).isEmpty();
  }

  private SortedSet<String> released() {
    return Quarantine.decode(requireNonNull(rules.change())).released();
  }

  @Test
  void refusesWhatIsNoStatus() {
    assertThatThrownBy(() -> rules.put("blue/a", "x".getBytes(UTF_8), Instant.EPOCH))
        .isInstanceOf(IOException.class);
  }

  private @Nullable Map<String, String> changed() {
    byte[] change = rules.change();
    return change == null ? null : Quarantine.decode(change).versions();
  }

  private void put(String key, String status, @Nullable String version) throws IOException {
    rules.put(key, json(status, version), Instant.EPOCH);
  }

  private static byte[] json(String status, @Nullable String version) {
    String stated = version == null ? "" : ",\"rule_version\":\"" + version + "\"";
    return "{\"status\":\"%s\",\"issues\":[\"x\"]%s}".formatted(status, stated).getBytes(UTF_8);
  }
}
