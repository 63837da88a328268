package dev.lockstep.job.detect;

import static dev.lockstep.job.state.Deliveries.bundle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.alert.AlertJson;
import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.content.RuleDocument;
import dev.lockstep.event.MalformedEventException;
import dev.lockstep.job.state.Deliveries;
import dev.lockstep.program.LayeredProgram;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What strangers put into events must not make an alert that Kafka or a reader refuses. */
class AlertAssemblyTest {

  private static final int MAX_RECORD_BYTES = 1024 * 1024;
  private static final int MAX_EVENT_BYTES = 768 * 1024;

  @Test
  void staysBelowTheLimitOfARecordWhenBytesAreNotUtf8() throws Exception {
    // A zero in two bytes: a JSON parser skips it, as text it becomes six bytes.
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    json.writeBytes("{\"user\":\"root\",\"pad\":\"".getBytes(UTF_8));
    for (int i = 0; i < 300 * 1024; i++) {
      json.writeBytes(new byte[] {(byte) 0xC0, (byte) 0x80});
    }
    json.writeBytes("\"}".getBytes(UTF_8));
    AlertRecord alert = alert(Deliveries.rule("r", "user", "root"), json.toByteArray());
    assertThat(alert.json).hasSizeLessThan(MAX_RECORD_BYTES);
    assertThat(event(alert)).contains("lockstep.omitted").contains("events/0/7");
  }

  @Test
  void staysBelowTheLimitOfARecordWhenEveryMatchedCharacterIsEscaped() throws Exception {
    String fields =
        IntStream.range(0, 100)
            .mapToObj(i -> "  s%d: {f%d: \"*\\u0001*\"}".formatted(i, i))
            .collect(Collectors.joining("\n"));
    RuleDocument rule =
        new RuleDocument(
            "r.yml",
            """
            title: t
            id: r
            logsource: {product: test}
            detection:
            %s
              condition: all of s*
            """
                .formatted(fields));
    String value = "\\u0001".repeat(1200);
    String event =
        IntStream.range(0, 100)
            .mapToObj(i -> "\"f%d\":\"%s\"".formatted(i, value))
            .collect(Collectors.joining(",", "{", "}"));
    AlertRecord alert = alert(rule, event.getBytes(UTF_8));
    assertThat(event).hasSizeBetween(700 * 1024, MAX_EVENT_BYTES);
    assertThat(alert.json).hasSizeLessThan(MAX_RECORD_BYTES);
    assertThat(AlertJson.read(alert.json).matchedFields()).hasSize(MatchedFields.MAX_FIELDS);
  }

  @Test
  void cutsThePathThatAKeywordWasFoundAt() throws Exception {
    RuleDocument keyword =
        new RuleDocument(
            "r.yml",
            """
            title: t
            id: r
            logsource: {product: test}
            detection:
              keywords: [mimikatz]
              condition: keywords
            """);
    String name = "n".repeat(40_000);
    String json = "{\"%s\":{\"%s\":\"mimikatz\"}}".formatted(name, name);
    AlertRecord alert = alert(keyword, json.getBytes(UTF_8));
    assertThat(AlertJson.read(alert.json).matchedFields())
        .containsOnlyKeys("n".repeat(MatchedFields.MAX_NAME_LENGTH) + "…")
        .containsValue("mimikatz");
  }

  @Test
  void cutsALongValueBetweenCharacters() throws Exception {
    String before = "x".repeat(MatchedFields.MAX_VALUE_LENGTH - 1);
    AlertRecord alert =
        alert(
            Deliveries.rule("r", "user", "x*"),
            "{\"user\":\"%s😀 and more\"}".formatted(before).getBytes(UTF_8));
    assertThat(AlertJson.read(alert.json).matchedFields()).containsEntry("user", before + "…");
  }

  @Test
  void carriesTextThatIsHalfACharacter() throws Exception {
    String json = "{\"user\":\"root\\ud83d\"}";
    AlertRecord alert = alert(Deliveries.rule("r", "user", "root*"), json.getBytes(UTF_8));
    assertThat(AlertJson.read(alert.json).matchedFields()).containsEntry("user", "root\ud83d");
    assertThat(event(alert)).isEqualTo(json);
  }

  @Test
  void escapesTheOriginOfAnEventThatItOnlyNames() throws Exception {
    EventRecord event = new EventRecord("acme", "1", 0, "a \"file\"\\:7", large());
    AlertRecord alert = alert(Deliveries.rule("r", "user", "root"), event);
    assertThat(event(alert)).contains("a \\\"file\\\"\\\\:7");
  }

  private static byte[] large() {
    String pad = "x".repeat(MAX_EVENT_BYTES);
    return "{\"user\":\"root\",\"pad\":\"%s\"}".formatted(pad).getBytes(UTF_8);
  }

  private static AlertRecord alert(RuleDocument rule, byte[] json) throws MalformedEventException {
    return alert(rule, new EventRecord("acme", "7", 0, "events/0/7", json));
  }

  private static AlertRecord alert(RuleDocument rule, EventRecord event)
      throws MalformedEventException {
    LayeredProgram program = new MappedRules(List.of()).start().next("v1", bundle(rule)).program();
    assertThat(program.rules()).hasSize(1);
    var matches = program.judge(event.json, "acme").matches();
    assertThat(matches).hasSize(1);
    return new AlertAssembly("blue", MAX_EVENT_BYTES).of(event, matches.get(0), "v1").orElseThrow();
  }

  private static String event(AlertRecord alert) {
    List<?> events = AlertJson.read(alert.json).events();
    assertThat(events).hasSize(1);
    return AlertJson.read(alert.json).events().get(0).json();
  }
}
