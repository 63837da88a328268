package dev.lockstep.connector.launchdarkly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.launchdarkly.FlagFile.Customers;
import dev.lockstep.connector.launchdarkly.FlagFile.Targeting;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlagFileTextTest {

  @Test
  void isLaidOutForPeople() {
    FlagFile file =
        new FlagFile(
            new FlagKeys("in", "out"),
            new Targeting("a", List.of(new Customers(1, List.of("x", "y"))), "{\"variation\": 0}"),
            new Targeting(
                "b",
                List.of(new Customers(0, List.of()), new Customers(1, List.of("quo\"te"))),
                """
                {
                  "rollout": {}
                }
                """));

    assertThat(file.text())
        .isEqualTo(
            """
            {
              "flags": {
                "in": {
                  "key": "in",
                  "version": 1,
                  "on": true,
                  "salt": "a",
                  "variations": [true, false],
                  "offVariation": 1,
                  "fallthrough": {"variation": 0},
                  "contextTargets": [
                    {"contextKind": "customer", "values": ["x", "y"], "variation": 1}
                  ]
                },
                "out": {
                  "key": "out",
                  "version": 1,
                  "on": true,
                  "salt": "b",
                  "variations": ["live", "shadow", "off"],
                  "offVariation": 1,
                  "fallthrough": {
                    "rollout": {}
                  },
                  "contextTargets": [
                    {"contextKind": "customer", "values": [], "variation": 0},
                    {"contextKind": "customer", "values": ["quo\\"te"], "variation": 1}
                  ]
                }
              },
              "segments": {}
            }
            """);
  }
}
