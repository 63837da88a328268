package dev.lockstep.connector.launchdarkly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.latest.RunningReader;
import dev.lockstep.connector.launchdarkly.FlagFileText.Customers;
import dev.lockstep.connector.launchdarkly.FlagFileText.Targeting;
import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FlagDecision;
import dev.lockstep.flag.FlagDecisions;
import dev.lockstep.flag.FlagSubject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlagFileTextTest {

  @Test
  void isLaidOutForPeople() {
    FlagFileText file =
        new FlagFileText(
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

  @Test
  void aJobReadsTheCautiousFileAsItIsMeant(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("flags.json");
    Files.writeString(file, FlagFileText.cautious(FlagKeys.DEFAULT).text());
    LaunchDarklySettings settings =
        LaunchDarklySettings.file(List.of(file.toString()), FlagKeys.DEFAULT);
    FlagSubject subject = new FlagSubject("acme", "blue", "e1", null);

    try (var reader = RunningReader.start(new LaunchDarklyFlagSource(settings));
        FlagDecisions decisions =
            new LaunchDarklyFlagSetReader(FlagKeys.DEFAULT)
                .read(reader.next(), CustomerDirectory.EMPTY)) {
      assertThat(decisions.ingress(subject)).isEqualTo(new FlagDecision<>(true, "FALLTHROUGH"));
      assertThat(decisions.egress(subject))
          .isEqualTo(new FlagDecision<>(Disposition.SHADOW, "FALLTHROUGH"));
    }
  }
}
