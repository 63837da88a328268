package dev.lockstep.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sigma.SigmaRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The fields that are wanted of events are called as in rules, wherever events have them. */
class MappedCapturesTest {
  private static final SigmaRule FAILED_LOGON =
      Mapped.rule("{product: windows, service: security}", "{EventID: 4625}")
          .capturing(
              Map.of("TargetUserName", List.of("TargetUserName"), "EventID", List.of("EventID")));

  @Test
  void rawAndShippedEventsHaveTheSameValues() {
    assertThat(
            captured(
                Mapped.byShipped("windows-evtx"),
                """
                {"Event": {"System": {"Provider": {"#attributes": {"Name":
                "Microsoft-Windows-Security-Auditing"}}, "EventID": 4625, "Channel": "Security"},
                "EventData": {"TargetUserName": "jane"}}}
                """))
        .isEqualTo(Map.of("TargetUserName", "jane", "EventID", "4625"));
    assertThat(
            captured(
                Mapped.byShipped("windows-winlogbeat"),
                """
                {"event": {"code": "4625", "provider": "Microsoft-Windows-Security-Auditing"},
                "winlog": {"channel": "Security", "event_data": {"TargetUserName": "jane"}}}
                """))
        .isEqualTo(Map.of("TargetUserName", "jane", "EventID", "4625"));
  }

  @Test
  void theFirstPlaceThatTheEventHasCounts() {
    Mapped mapped = Mapped.by("fields: {EventID: id, TargetUserName: [who.name, who.id]}");
    assertThat(captured(mapped, "{\"id\": 4625, \"who\": {\"id\": \"7\", \"name\": \"jane\"}}"))
        .containsEntry("TargetUserName", "jane");
    assertThat(captured(mapped, "{\"id\": 4625, \"who\": {\"id\": \"7\"}}"))
        .containsEntry("TargetUserName", "7");
    assertThat(captured(mapped, "{\"id\": 4625}")).isEqualTo(Map.of("EventID", "4625"));
  }

  private static Map<String, String> captured(Mapped mapped, String json) {
    return mapped.judge(List.of(FAILED_LOGON), json, "acme").get(0).captured();
  }
}
