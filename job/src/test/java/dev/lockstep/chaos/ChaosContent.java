package dev.lockstep.chaos;

import dev.lockstep.alert.AlertId;
import dev.lockstep.alert.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of a run, the rules and flags they are judged by, and what must come of each event.
 * All of it is a function of the event's number, but for what is changed on purpose while the run
 * goes on: the lane of one customer, and whether one rule is there.
 */
final class ChaosContent {

  /** Its alerts are refused by Elasticsearch. */
  static final String REFUSED = "refused";

  /** Its alerts go live or to shadow, as the flags say at the moment. */
  private static final String MOVED = "moved";

  private static final List<String> CUSTOMERS =
      List.of("acme", "globex", "initech", "umbrella", MOVED, REFUSED);
  private static final int BROKEN_EVERY = 101;
  private static final int ALPHA_EVERY = 5;
  private static final int BETA_EVERY = 7;
  private static final int FLEETING_EVERY = 11;

  private final Path rules;
  private final Path flags;
  private int edits;
  private int flagVersion;
  private boolean movedIsLive;
  private boolean fleetingIsThere;

  /** Writes rules and flags as they are at the start. */
  ChaosContent(Path directory) throws IOException {
    this.rules = Files.createDirectories(directory.resolve("rules"));
    this.flags = directory.resolve("flags.json");
    editRule();
    write(rules.resolve("beta.yml"), rule("beta", "Image|endswith: '\\beta.exe'", "never edited"));
    moveCustomer();
  }

  Path rules() {
    return rules;
  }

  Path flags() {
    return flags;
  }

  /** What one event and one rule may lead to. */
  record Finding(String alertId, Place place) {}

  /** Where an alert must be. */
  enum Place {
    LIVE,
    SHADOW,
    /** In one of both, but not in both. */
    EITHER,
    /** In {@link #EITHER}, or nowhere. */
    PERHAPS;

    boolean allows(Lane lane) {
      return this != (lane == Lane.LIVE ? SHADOW : LIVE);
    }
  }

  /** The customer of an event. */
  static String customer(int event) {
    return CUSTOMERS.get(event % CUSTOMERS.size());
  }

  static boolean isBroken(int event) {
    return event % BROKEN_EVERY == 0;
  }

  /** The record of an event; of a broken one it is no JSON. */
  static String record(int event) {
    if (isBroken(event)) {
      return "broken " + event;
    }
    return "{\"event_id\":\"%s\",\"@timestamp\":\"2026-01-31T23:59:%02d.000Z\","
            .formatted(id(event), event % 30)
        + "\"CommandLine\":\"run%s%s now\",\"Image\":\"C:\\\\bin\\\\%s.exe\"}"
            .formatted(
                event % ALPHA_EVERY == 0 ? " ALPHA" : "",
                event % FLEETING_EVERY == 0 ? " fleeting" : "",
                event % BETA_EVERY == 0 ? "Beta" : "other");
  }

  static String id(int event) {
    return "e" + event;
  }

  /** The number in an event's id. */
  static int number(String id) {
    return Integer.parseInt(id.substring(1));
  }

  /** What comes of an event. */
  static List<Finding> findings(int event) {
    Place place = place(customer(event));
    if (place == null || isBroken(event)) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    if (event % ALPHA_EVERY == 0) {
      findings.add(finding(event, "alpha", place));
    }
    if (event % BETA_EVERY == 0) {
      findings.add(finding(event, "beta", place));
    }
    if (event % FLEETING_EVERY == 0) {
      findings.add(finding(event, "fleeting", Place.PERHAPS));
    }
    return findings;
  }

  private static Finding finding(int event, String rule, Place place) {
    return new Finding(AlertId.ofEvent(customer(event), rule, id(event)), place);
  }

  private static @Nullable Place place(String customer) {
    return switch (customer) {
      case "acme", REFUSED -> Place.LIVE;
      case "globex" -> Place.SHADOW;
      case MOVED -> Place.EITHER;
      default -> null;
    };
  }

  /** Changes the text of a rule, not what it finds. */
  String editRule() throws IOException {
    edits++;
    write(
        rules.resolve("alpha.yml"), rule("alpha", "CommandLine|contains: alpha", "edit " + edits));
    return "rule alpha edited";
  }

  /** Puts a rule into force, or takes it away. */
  String toggleRule() throws IOException {
    fleetingIsThere = !fleetingIsThere;
    Path file = rules.resolve("fleeting.yml");
    if (fleetingIsThere) {
      write(file, rule("fleeting", "CommandLine|contains: fleeting", "comes and goes"));
    } else {
      Files.delete(file);
    }
    return fleetingIsThere ? "rule fleeting added" : "rule fleeting removed";
  }

  /** Moves a customer from one lane to the other. */
  String moveCustomer() throws IOException {
    movedIsLive = !movedIsLive;
    flagVersion++;
    write(flags, flagFile());
    return "customer moved to " + (movedIsLive ? "live" : "shadow");
  }

  private static void write(Path file, String text) throws IOException {
    Path next = Files.createTempFile(file.getParent(), ".next", ".tmp");
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String rule(String id, String selection, String description) {
    return """
        title: Rule %s
        id: %s
        description: "%s"
        logsource:
          product: windows
        detection:
          selection:
            %s
          condition: selection
        level: high
        """
        .formatted(id, id, description, selection);
  }

  private String flagFile() {
    return """
        {"flags":{
          "lockstep-ingress":{"key":"lockstep-ingress","version":1,"on":true,"salt":"i",
            "variations":[true,false],"offVariation":1,"fallthrough":{"variation":0},
            "contextTargets":[{"contextKind":"customer","values":["umbrella"],"variation":1}]},
          "lockstep-egress":{"key":"lockstep-egress","version":%d,"on":true,"salt":"e",
            "variations":["live","shadow","off"],"offVariation":1,"fallthrough":{"variation":1},
            "contextTargets":[
              {"contextKind":"customer","values":["acme","%s"%s],"variation":0},
              {"contextKind":"customer","values":["initech"],"variation":2}]}},
         "segments":{}}
        """
        .formatted(flagVersion, REFUSED, movedIsLive ? ",\"" + MOVED + "\"" : "");
  }
}
