package dev.lockstep.operations;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.FlinkStateSnapshot;

/**
 * Tells what is wrong with a manifest: by the schema of the operator's custom resource definition,
 * in which a field that it does not know is an error; by the classes of Kubernetes, as strictly;
 * and by the operator's own validator.
 */
final class ManifestCheck {

  private static final Map<String, Class<?>> TYPES =
      Map.of(
          "v1/ConfigMap", ConfigMap.class,
          "v1/ServiceAccount", ServiceAccount.class,
          "rbac.authorization.k8s.io/v1/Role", Role.class,
          "rbac.authorization.k8s.io/v1/RoleBinding", RoleBinding.class,
          "networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class,
          "policy/v1/PodDisruptionBudget", PodDisruptionBudget.class,
          "monitoring.coreos.com/v1/PodMonitor", PodMonitor.class,
          "monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class,
          "flink.apache.org/v1beta1/FlinkDeployment", FlinkDeployment.class,
          "flink.apache.org/v1beta1/FlinkStateSnapshot", FlinkStateSnapshot.class);

  private static final Map<String, String> DEFINITIONS =
      Map.of(
          "FlinkDeployment", "flinkdeployments.flink.apache.org-v1.yml",
          "FlinkStateSnapshot", "flinkstatesnapshots.flink.apache.org-v1.yml");

  private final ObjectMapper strict = strictMapper();
  private final Map<String, JsonSchema> schemas;

  ManifestCheck() {
    this.schemas =
        Map.of(
            "FlinkDeployment", schema(definition("FlinkDeployment")),
            "FlinkStateSnapshot", schema(definition("FlinkStateSnapshot")));
  }

  /** Classes of Kubernetes keep fields that they do not know; here they must refuse them. */
  private static ObjectMapper strictMapper() {
    ObjectMapper mapper = new ObjectMapper();
    mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    mapper.enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    mapper.setAnnotationIntrospector(
        new JacksonAnnotationIntrospector() {
          private static final long serialVersionUID = 1L;

          @Override
          public Boolean hasAnySetter(Annotated annotated) {
            return false;
          }
        });
    return mapper;
  }

  /** Returns the schema of the version that the operator stores. */
  private static ObjectNode definition(String kind) {
    String name = "META-INF/fabric8/" + DEFINITIONS.get(kind);
    try (InputStream definition =
        FlinkDeployment.class.getClassLoader().getResourceAsStream(name)) {
      return (ObjectNode)
          RepositoryFiles.yaml().readTree(definition).at("/spec/versions/0/schema/openAPIV3Schema");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonSchema schema(ObjectNode definition) {
    // What every resource has, and no definition lists.
    ObjectNode properties = definition.withObject("/properties");
    properties.putObject("apiVersion").put("type", "string");
    properties.putObject("kind").put("type", "string");
    properties.putObject("metadata").put("type", "object");
    refuseUnknownFields(definition);
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(definition);
  }

  private static void refuseUnknownFields(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")
        && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
      object.put("additionalProperties", false);
    }
    schema.forEach(ManifestCheck::refuseUnknownFields);
  }

  /** Returns all that is wrong with it. */
  List<String> problems(JsonNode manifest) {
    List<String> problems = new ArrayList<>();
    String kind = manifest.path("kind").asText();
    String name = kind + " " + manifest.at("/metadata/name").asText();
    Class<?> type = TYPES.get(manifest.path("apiVersion").asText() + "/" + kind);
    if (type == null) {
      return List.of(name + ": no kind that is known: " + manifest.path("apiVersion").asText());
    }
    if (schemas.get(kind) != null) {
      schemas.get(kind).validate(manifest).stream()
          .map(ValidationMessage::getMessage)
          .map(message -> name + ": " + message)
          .forEach(problems::add);
    }
    typed(manifest, type).ifPresent(problem -> problems.add(name + ": " + problem));
    return problems;
  }

  private Optional<String> typed(JsonNode manifest, Class<?> type) {
    try {
      strict.treeToValue(manifest, type);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Returns the manifest as the operator's own class. */
  FlinkDeployment deployment(JsonNode manifest) {
    try {
      return strict.treeToValue(manifest, FlinkDeployment.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
