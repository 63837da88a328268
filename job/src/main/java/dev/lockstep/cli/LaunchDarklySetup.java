package dev.lockstep.cli;

import dev.lockstep.connector.launchdarkly.FlagKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** How to make the declared flags in LaunchDarkly, for its user interface and its REST API. */
record LaunchDarklySetup(FlagKeys keys) {

  static final List<String> CONTEXT_KINDS = List.of("customer", "engine", "event", "rule");

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]+");
  private static final String JSON = "application/json";
  private static final String SEMANTIC_PATCH =
      "application/json; domain-model=launchdarkly.semanticpatch";

  LaunchDarklySetup {
    for (String key : List.of(keys.ingress(), keys.egress())) {
      if (!KEY.matcher(key).matches()) {
        throw CommandFailure.ofInput(
            "LaunchDarkly takes letters, digits, dots, hyphens and underscores in a flag's key,"
                + " was '%s'".formatted(key));
      }
    }
  }

  /** What to do by hand, in order. */
  List<String> steps() {
    return List.of(
        "Contexts, the gear, Add kind: four kinds with the keys %s."
            .formatted(String.join(", ", CONTEXT_KINDS)),
        "Create flag, key %s: boolean, not temporary; serve true when on, false when off."
            .formatted(keys.ingress()),
        ("Create flag, key %s: string, variations live, shadow, off, not temporary; serve shadow"
                + " when on, shadow when off.")
            .formatted(keys.egress()),
        "Turn both on in the environment whose SDK key the engine has.");
  }

  /** What to know before and after. */
  List<String> notes() {
    return List.of(
        "LaunchDarkly's Insights show no evaluations and call both flags inactive: engines decide"
            + " on their own and send no events. So mark the flags as permanent, and do not archive"
            + " them. For the same reason context kinds do not appear by themselves, and keys are"
            + " typed, not picked.",
        "A percentage must be of kind customer, engine, event or rule. Flags with one of kind user,"
            + " which is preset, are refused: nobody is of that kind, and everyone would get the first"
            + " variation.",
        "%s switched off keeps every event out of the engines that read this environment."
            .formatted(keys.ingress()));
  }

  /** The same by the REST API. */
  List<Request> requests() {
    List<Request> requests = new ArrayList<>();
    for (String kind : CONTEXT_KINDS) {
      requests.add(
          new Request(
              "PUT",
              "/projects/$LD_PROJECT/context-kinds/" + kind,
              JSON,
              "{\"name\": \"%s\"}".formatted(kind)));
    }
    requests.add(new Request("POST", "/flags/$LD_PROJECT", JSON, ingress()));
    requests.add(new Request("POST", "/flags/$LD_PROJECT", JSON, egress()));
    for (String key : List.of(keys.ingress(), keys.egress())) {
      requests.add(
          new Request(
              "PATCH",
              "/flags/$LD_PROJECT/" + key,
              SEMANTIC_PATCH,
              "{\"environmentKey\": \"$LD_ENVIRONMENT\","
                  + " \"instructions\": [{\"kind\": \"turnFlagOn\"}]}"));
    }
    return requests;
  }

  private String ingress() {
    return flag(
        keys.ingress(),
        "May this engine process this event?",
        "{\"value\": true, \"name\": \"let in\"}, {\"value\": false, \"name\": \"keep out\"}",
        0);
  }

  private String egress() {
    return flag(
        keys.egress(),
        "Where does an alert go?",
        "{\"value\": \"live\"}, {\"value\": \"shadow\"}, {\"value\": \"off\"}",
        1);
  }

  private static String flag(String key, String asks, String variations, int onVariation) {
    return """
        {"key": "%1$s", "name": "%1$s",
         "description": "%2$s", "tags": ["lockstep"], "temporary": false,
         "variations": [%3$s],
         "defaults": {"onVariation": %4$d, "offVariation": 1}}"""
        .formatted(key, asks, variations, onVariation);
  }

  /**
   * A request to the API.
   *
   * @param path below the API's address; {@code $LD_PROJECT} stands for the project's key
   * @param body JSON; {@code $LD_ENVIRONMENT} stands for the environment's key
   */
  record Request(String method, String path, String contentType, String body) {}
}
