package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.LDValue;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The declared flags as a file in LaunchDarkly's format, for people to edit. Both are on; switched
 * off, nothing is let in and alerts go to shadow.
 *
 * @param keys the flags' keys
 * @param ingress who is let in: variation 0 is true, 1 false
 * @param egress where alerts go: variation 0 is live, 1 shadow, 2 off
 */
public record FlagFileText(FlagKeys keys, Targeting ingress, Targeting egress) {

  private static final String EVERYONE = "{\"variation\": %d}";

  /** Lets everyone in and sends all alerts to shadow, with empty lists for those who differ. */
  public static FlagFileText cautious(FlagKeys keys) {
    return new FlagFileText(
        keys,
        new Targeting(keys.ingress(), List.of(new Customers(1, List.of())), EVERYONE.formatted(0)),
        new Targeting(keys.egress(), List.of(new Customers(0, List.of())), EVERYONE.formatted(1)));
  }

  /** The file's text. */
  public String text() {
    return """
        {
          "flags": {
        %s,
        %s
          },
          "segments": {}
        }
        """
        .formatted(
            flag(keys.ingress(), "[true, false]", ingress),
            flag(keys.egress(), "[\"live\", \"shadow\", \"off\"]", egress));
  }

  private static String flag(String key, String variations, Targeting targeting) {
    return """
        %1$s: {
          "key": %1$s,
          "version": 1,
          "on": true,
          "salt": %2$s,
          "variations": %3$s,
          "offVariation": 1,
          "fallthrough": %4$s,
          "contextTargets": [
        %5$s
          ]
        }"""
        .formatted(
            quoted(key),
            quoted(targeting.salt()),
            variations,
            targeting.fallthrough().strip().indent(2).strip(),
            targeting.lists().stream()
                .map(Customers::text)
                .collect(Collectors.joining(",\n"))
                .indent(4)
                .stripTrailing())
        .indent(4)
        .stripTrailing();
  }

  private static String quoted(String text) {
    return LDValue.of(text).toJsonString();
  }

  /**
   * Who gets what.
   *
   * @param salt what percentages are mixed with; with another one they take in other keys
   * @param lists customers that get one variation
   * @param fallthrough what everyone else gets, as JSON
   */
  public record Targeting(String salt, List<Customers> lists, String fallthrough) {
    public Targeting {
      lists = List.copyOf(lists);
    }
  }

  /** Customers, by id, that get one variation. */
  public record Customers(int variation, List<String> ids) {
    public Customers {
      ids = List.copyOf(ids);
    }

    private String text() {
      return "{\"contextKind\": \"customer\", \"values\": [%s], \"variation\": %d}"
          .formatted(
              ids.stream().map(FlagFileText::quoted).collect(Collectors.joining(", ")), variation);
    }
  }
}
