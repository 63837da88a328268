package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.connector.content.BundleArchive;
import dev.lockstep.connector.kafka.RulesPublisher;
import dev.lockstep.job.config.LockstepConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep rules publish}. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Verifies a bundle and puts it where engines find it, in the place of its last version.",
      "Exit code 2, and nothing published, if it is not whole; 3 if Kafka does not take it."
    })
final class RulesPublishCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "The file of a bundle, or those of all its shards.")
  private List<Path> files = List.of();

  @ArgGroup(multiplicity = "1")
  private PublishTarget target = new PublishTarget();

  @Option(
      names = "--config-map-name",
      paramLabel = "NAME",
      defaultValue = "lockstep-rules",
      description =
          "Name of the ConfigMap; of several shards with -1, -2 and so on behind it"
              + " (default: ${DEFAULT-VALUE}).")
  private String configMapName = "lockstep-rules";

  @Option(
      names = "--timeout",
      defaultValue = "10s",
      converter = DemoCommand.DurationConverter.class,
      description = "How long Kafka may not answer (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(10);

  @Mixin private JobOptions options = new JobOptions();

  @Mixin private FormatOption format = new FormatOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PublishedBundle bundle = PublishedBundle.read(files);
    List<String> places = publish(bundle);
    // Standard output may be the ConfigMaps, which are to be piped on.
    PrintWriter out =
        "-".equals(target.configMap) ? spec.commandLine().getErr() : spec.commandLine().getOut();
    switch (format.chosen()) {
      case TEXT -> print(bundle, places, out);
      case JSON -> printJson(bundle, places, out);
    }
    return ExitCode.GOOD;
  }

  private List<String> publish(PublishedBundle bundle) {
    if (target.directory != null) {
      return toDirectory(bundle, target.directory);
    }
    return target.configMap == null
        ? toKafka(bundle, options.read())
        : toConfigMap(bundle, target.configMap);
  }

  private static List<String> toDirectory(PublishedBundle bundle, Path directory) {
    if (!Files.isDirectory(directory)) {
      throw CommandFailure.ofInput("there is no folder " + directory);
    }
    Map<String, byte[]> pieces = new LinkedHashMap<>();
    bundle.pieces().forEach((name, bytes) -> pieces.put(name + BundleArchive.SUFFIX, bytes));
    BundlePieces.write(directory, bundle.part().name(), pieces);
    return pieces.keySet().stream().map(name -> directory.resolve(name).toString()).toList();
  }

  private List<String> toKafka(PublishedBundle bundle, LockstepConfig config) {
    String topic = config.rules().topic();
    List<String> places = new ArrayList<>();
    try (RulesPublisher publisher = RulesPublisher.open(config.kafka(), topic, timeout)) {
      for (Map.Entry<String, byte[]> piece : bundle.pieces().entrySet()) {
        places.add(publisher.publish(piece.getKey(), piece.getValue()).toString());
      }
      return places;
    } catch (IOException e) {
      throw CommandFailure.ofDependency(
          e.getMessage() + " (kafka.bootstrap-servers: " + config.kafka().bootstrapServers() + ")");
    }
  }

  private List<String> toConfigMap(PublishedBundle bundle, String file) {
    ConfigMaps maps = ConfigMaps.of(configMapName, bundle.pieces());
    if (file.equals("-")) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(maps.yaml());
      out.flush();
    } else {
      WholeFile.write(Path.of(file), maps.yaml().getBytes(UTF_8));
    }
    return maps.names();
  }

  private void print(PublishedBundle bundle, List<String> places, PrintWriter out) {
    out.printf(
        "bundle %s, version %s, %s: %s%n",
        bundle.part().name(),
        bundle.part().version(),
        Amount.of(bundle.rules(), "rule"),
        String.join(", ", places));
    if (target.configMap != null) {
      out.printf(
          "put it into force:     kubectl apply --server-side -f %s%n",
          Displayed.safe(target.configMap));
    }
    out.printf("wait for the engines:  %s%n", wait(bundle));
  }

  private static void printJson(PublishedBundle bundle, List<String> places, PrintWriter out)
      throws IOException {
    try (JsonGenerator json = JsonOutput.document(out)) {
      json.writeStartObject();
      json.writeStringField("name", bundle.part().name());
      json.writeStringField("version", bundle.part().version());
      if (bundle.part().revision() != null) {
        json.writeStringField("revision", bundle.part().revision());
      }
      json.writeNumberField("rules", bundle.rules());
      json.writeArrayFieldStart("places");
      for (String place : places) {
        json.writeString(place);
      }
      json.writeEndArray();
      json.writeStringField("wait", wait(bundle));
      json.writeEndObject();
    }
    out.println();
  }

  private static String wait(PublishedBundle bundle) {
    return "lockstep rules status --wait " + bundle.part().version();
  }
}
