package dev.lockstep.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.zjsonpatch.JsonPatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Builds manifests as {@code kubectl kustomize} does, from the part of its language that ours use;
 * any other is refused. Kustomize itself comes by none of the ways that a build can count on, so
 * {@link KustomizationTest} compares the two where it is installed.
 */
final class Kustomization {

  private static final String FILE = "kustomization.yaml";
  private static final Set<String> KNOWN =
      Set.of(
          "apiVersion",
          "kind",
          "namespace",
          "nameSuffix",
          "resources",
          "labels",
          "images",
          "configMapGenerator",
          "patches",
          "configurations");

  /** Characters that would make words, and what kustomize writes in their place. */
  private static final Map<Character, Character> NO_WORDS =
      Map.of('0', 'g', '1', 'h', '3', 'k', 'a', 'm', 'e', 't');

  /** A resource, and what it was called where it was written. */
  private record Resource(ObjectNode manifest, String writtenName, boolean generated) {
    String kind() {
      return manifest.path("kind").asText();
    }

    ObjectNode metadata() {
      return manifest.withObject("/metadata");
    }

    String name() {
      return metadata().path("name").asText();
    }
  }

  /** A field of a kind that refers to something, or names an image. */
  private record FieldPath(String kind, List<String> steps) {
    static FieldPath of(JsonNode spec) {
      return new FieldPath(
          spec.path("kind").asText(), List.of(spec.path("path").asText().split("/")));
    }
  }

  private static final Comparator<FieldPath> BY_TEXT = Comparator.comparing(FieldPath::toString);

  private final List<Resource> resources = new ArrayList<>();
  private final Set<FieldPath> configMapNames = new TreeSet<>(BY_TEXT);
  private final Set<FieldPath> imageNames = new TreeSet<>(BY_TEXT);

  private Kustomization(Path folder) {
    read(folder);
  }

  /** Returns the manifests that the kustomization in this folder makes. */
  static List<JsonNode> build(Path folder) {
    Kustomization kustomization = new Kustomization(folder);
    kustomization.addHashes();
    kustomization.followNames();
    return kustomization.resources.stream()
        .map(resource -> (JsonNode) resource.manifest())
        .toList();
  }

  private void read(Path folder) {
    Path file = folder.resolve(FILE);
    JsonNode kustomization = RepositoryFiles.documents(file).get(0);
    kustomization
        .fieldNames()
        .forEachRemaining(
            field -> {
              if (!KNOWN.contains(field)) {
                throw new IllegalArgumentException(
                    file + ": no field of a kustomization: " + field);
              }
            });
    kustomization.path("configurations").forEach(name -> configure(within(folder, name)));
    kustomization.path("resources").forEach(name -> add(folder.resolve(name.asText()).normalize()));
    kustomization.path("configMapGenerator").forEach(generator -> generate(folder, generator));
    kustomization.path("patches").forEach(patch -> patch(file, patch));
    if (kustomization.has("namespace")) {
      setNamespace(kustomization.get("namespace").asText());
    }
    String suffix = kustomization.path("nameSuffix").asText();
    resources.forEach(each -> each.metadata().put("name", each.name() + suffix));
    kustomization.path("labels").forEach(this::label);
    kustomization.path("images").forEach(this::setImage);
  }

  /** Kustomize reads no file outside of the kustomization's folder. */
  private static Path within(Path folder, JsonNode name) {
    Path file = folder.resolve(name.asText()).normalize();
    if (!file.startsWith(folder.normalize())) {
      throw new IllegalArgumentException(folder + ": a file must lie below it, was " + name);
    }
    return file;
  }

  private void configure(Path file) {
    JsonNode configuration = RepositoryFiles.documents(file).get(0);
    for (JsonNode reference : configuration.path("nameReference")) {
      if (!reference.path("kind").asText().equals("ConfigMap")) {
        throw new IllegalArgumentException(file + ": only names of ConfigMaps are followed");
      }
      reference.path("fieldSpecs").forEach(spec -> configMapNames.add(FieldPath.of(spec)));
    }
    configuration.path("images").forEach(spec -> imageNames.add(FieldPath.of(spec)));
  }

  private void add(Path path) {
    if (Files.isDirectory(path)) {
      Kustomization below = new Kustomization(path);
      below.resources.forEach(this::add);
      configMapNames.addAll(below.configMapNames);
      imageNames.addAll(below.imageNames);
      return;
    }
    for (JsonNode document : RepositoryFiles.documents(path)) {
      ObjectNode manifest = (ObjectNode) document;
      add(new Resource(manifest, manifest.at("/metadata/name").asText(), /* generated= */ false));
    }
  }

  private void add(Resource resource) {
    for (Resource other : resources) {
      if (other.kind().equals(resource.kind()) && other.name().equals(resource.name())) {
        throw new IllegalArgumentException(
            "%s %s is there twice".formatted(resource.kind(), resource.name()));
      }
    }
    resources.add(resource);
  }

  private void generate(Path folder, JsonNode generator) {
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    map.put("apiVersion", "v1").put("kind", "ConfigMap");
    map.putObject("metadata").put("name", generator.path("name").asText());
    ObjectNode data = map.putObject("data");
    for (JsonNode name : generator.path("files")) {
      Path file = within(folder, name);
      data.put(String.valueOf(file.getFileName()), RepositoryFiles.text(file));
    }
    add(new Resource(map, generator.path("name").asText(), /* generated= */ true));
  }

  private void patch(Path file, JsonNode patch) {
    JsonNode target = patch.path("target");
    JsonNode operations =
        RepositoryFiles.document(patch.path("patch").asText(), file + ", a patch");
    int patched = 0;
    for (int i = 0; i < resources.size(); i++) {
      Resource resource = resources.get(i);
      if (target.path("kind").asText().equals(resource.kind())
          && (!target.has("name") || target.get("name").asText().equals(resource.name()))) {
        try {
          JsonNode result = JsonPatch.apply(operations, resource.manifest());
          resources.set(
              i, new Resource((ObjectNode) result, resource.writtenName(), resource.generated()));
        } catch (RuntimeException e) {
          throw new IllegalArgumentException(
              "%s: the patch of %s does not fit: %s".formatted(file, target, e.getMessage()), e);
        }
        patched++;
      }
    }
    if (patched == 0) {
      throw new IllegalArgumentException(file + ": a patch fits nothing: " + target);
    }
  }

  private void setNamespace(String namespace) {
    for (Resource resource : resources) {
      resource.metadata().put("namespace", namespace);
      resource
          .manifest()
          .path("subjects")
          .forEach(subject -> ((ObjectNode) subject).put("namespace", namespace));
    }
  }

  private void label(JsonNode label) {
    for (Resource resource : resources) {
      ObjectNode labels = resource.metadata().withObject("/labels");
      label.path("pairs").properties().forEach(pair -> labels.set(pair.getKey(), pair.getValue()));
    }
  }

  private void setImage(JsonNode image) {
    for (FieldPath path : imageNames) {
      change(
          path,
          written ->
              written.replaceFirst(":[^:/]*$", "").equals(image.path("name").asText())
                  ? image.path("newName").asText() + ":" + image.path("newTag").asText()
                  : written);
    }
  }

  private void addHashes() {
    for (Resource resource : resources) {
      if (resource.generated()) {
        resource.metadata().put("name", resource.name() + "-" + hash(resource.manifest()));
      }
    }
  }

  /** The ten characters that kustomize puts behind the name of a generated config map. */
  private static String hash(ObjectNode configMap) {
    ObjectNode hashed = JsonNodeFactory.instance.objectNode();
    Map<String, JsonNode> sorted = new TreeMap<>();
    configMap.path("data").properties().forEach(each -> sorted.put(each.getKey(), each.getValue()));
    hashed.putObject("data").setAll(sorted);
    hashed.put("kind", "ConfigMap").put("name", "");
    String asGoWritesIt =
        hashed.toString().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(asGoWritesIt.getBytes(UTF_8));
      StringBuilder name = new StringBuilder();
      for (char digit : HexFormat.of().formatHex(digest).substring(0, 10).toCharArray()) {
        name.append(NO_WORDS.getOrDefault(digit, digit));
      }
      return name.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Whoever names a config map by the name that it was written with gets the one that it has. */
  private void followNames() {
    for (FieldPath path : configMapNames) {
      change(
          path,
          written ->
              resources.stream()
                  .filter(each -> each.kind().equals("ConfigMap"))
                  .filter(each -> each.writtenName().equals(written))
                  .map(Resource::name)
                  .findFirst()
                  .orElse(written));
    }
  }

  private void change(FieldPath path, UnaryOperator<String> change) {
    for (Resource resource : resources) {
      if (resource.kind().equals(path.kind())) {
        change(resource.manifest(), path.steps(), change);
      }
    }
  }

  private static void change(JsonNode node, List<String> steps, UnaryOperator<String> change) {
    if (node.isArray()) {
      node.forEach(each -> change(each, steps, change));
    } else if (node instanceof ObjectNode object && object.has(steps.get(0))) {
      if (steps.size() > 1) {
        change(object.get(steps.get(0)), steps.subList(1, steps.size()), change);
      } else {
        String written = object.get(steps.get(0)).asText();
        object.set(steps.get(0), TextNode.valueOf(change.apply(written)));
      }
    }
  }
}
