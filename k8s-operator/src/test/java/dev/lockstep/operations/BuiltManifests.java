package dev.lockstep.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the overlays make, and questions about it. */
final class BuiltManifests {

  static final List<String> OVERLAYS = List.of("staging", "production", "blue", "green");

  private static final Map<String, List<JsonNode>> BY_OVERLAY = new TreeMap<>();

  static {
    for (String overlay : OVERLAYS) {
      BY_OVERLAY.put(
          overlay, Kustomization.build(RepositoryFiles.at("k8s-operator/overlays/" + overlay)));
    }
  }

  /** A FlinkDeployment with the overlay that it is of. */
  record Deployment(String overlay, JsonNode manifest) {

    String name() {
      return manifest.at("/metadata/name").asText();
    }

    JsonNode spec() {
      return manifest.path("spec");
    }

    Map<String, String> flinkOptions() {
      Map<String, String> options = new TreeMap<>();
      spec()
          .path("flinkConfiguration")
          .properties()
          .forEach(option -> options.put(option.getKey(), option.getValue().asText()));
      return options;
    }

    JsonNode podSpec() {
      return spec().at("/podTemplate/spec");
    }

    /** The one container of the template that all pods share. */
    JsonNode container() {
      return podSpec().at("/containers/0");
    }

    Map<String, String> podLabels(String component) {
      Map<String, String> labels = new TreeMap<>(texts(spec().at("/podTemplate/metadata/labels")));
      // The operator and Flink add these.
      labels.put("app", name());
      labels.put("component", component);
      labels.put("type", "flink-native-kubernetes");
      return labels;
    }

    String component() {
      return spec().at("/podTemplate/metadata/labels/app.kubernetes.io~1component").asText();
    }

    @Override
    public String toString() {
      return overlay + ": " + name();
    }
  }

  private BuiltManifests() {}

  static List<JsonNode> of(String overlay) {
    return BY_OVERLAY.getOrDefault(overlay, List.of());
  }

  static List<JsonNode> all() {
    return BY_OVERLAY.values().stream().flatMap(List::stream).toList();
  }

  static List<Deployment> deployments() {
    return BY_OVERLAY.entrySet().stream()
        .flatMap(
            overlay ->
                overlay.getValue().stream()
                    .filter(manifest -> manifest.path("kind").asText().equals("FlinkDeployment"))
                    .map(manifest -> new Deployment(overlay.getKey(), manifest)))
        .toList();
  }

  static List<JsonNode> ofKind(String kind) {
    return all().stream().filter(each -> each.path("kind").asText().equals(kind)).toList();
  }

  static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new TreeMap<>();
    object.properties().forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
    return texts;
  }
}
