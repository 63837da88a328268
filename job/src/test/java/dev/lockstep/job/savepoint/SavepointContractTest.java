package dev.lockstep.job.savepoint;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.job.DetectionTopology;
import dev.lockstep.job.IndexTopology;
import dev.lockstep.job.ParityTopology;
import dev.lockstep.job.config.ConfigReader;
import dev.lockstep.job.config.FlinkSettings;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.state.States;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/**
 * The contract with savepoints against the code of today. What a savepoint really holds is compared
 * in {@code StoredSavepointIT}.
 */
class SavepointContractTest {

  private static final Path STORED = Path.of("src/test/resources/savepoints");

  private static Set<String> contract(String job) {
    return SavepointContract.operators().stream()
        .filter(operator -> operator.job().equals(job))
        .map(operator -> operator.uidIn(job.equals("parity") ? "blue-green" : "blue"))
        .collect(toSet());
  }

  private static Set<String> uids(BiConsumer<StreamExecutionEnvironment, LockstepConfig> topology) {
    StreamExecutionEnvironment env =
        FlinkSettings.environment(Map.of("execution.checkpointing.interval", "1 s"));
    topology.accept(
        env,
        ConfigReader.read(
            null,
            Map.of(
                "customers.file", "/opt/lockstep/customers.yml",
                "event-index.customers", "acme",
                "files.sources.logs.path", "s3://logs/{customer}/",
                "files.sources.logs.format", "ndjson",
                "parity.first", "blue",
                "parity.second", "green")));
    Set<String> uids = new TreeSet<>();
    for (StreamNode node : env.getStreamGraph().getStreamNodes()) {
      uids.add(String.valueOf(node.getTransformationUID()));
    }
    return uids;
  }

  @Test
  void everyOperatorOfTheContractIsInTheJobs() {
    assertThat(uids(DetectionTopology::build)).containsAll(contract("detection"));
    assertThat(uids(IndexTopology::build)).containsAll(contract("index"));
    assertThat(uids(ParityTopology::build)).containsAll(contract("parity"));
  }

  @Test
  void everyStateThatOurCodeDeclaresIsInTheContract() throws IllegalAccessException {
    Set<String> inContract =
        SavepointContract.operators().stream()
            .flatMap(operator -> operator.states().stream())
            .collect(toSet());

    for (Field field : States.class.getFields()) {
      if (StateDescriptor.class.isAssignableFrom(field.getType())) {
        StateDescriptor<?, ?> descriptor = (StateDescriptor<?, ?>) field.get(null);
        assertThat(inContract).contains(descriptor.getName());
      }
    }
    assertThat(inContract).contains("held");
  }

  /** A line that was released may not go, and neither may a state of it. */
  @Test
  void everyStateOfAStoredSavepointIsInTheContract() throws IOException {
    for (Path release : releases()) {
      SavepointSummary summary =
          SavepointReader.read(release.toAbsolutePath().toUri().toString(), null);
      assertThat(summary.operators()).isNotEmpty();
      for (SavepointSummary.Operator operator : summary.operators()) {
        assertThat(operator.uid()).as("%s of %s", operator, release).isNotNull();
        assertThat(states(String.valueOf(operator.uid()), String.valueOf(summary.engine())))
            .as("%s of %s", operator.uid(), release)
            .containsAll(operator.states());
      }
    }
  }

  @Test
  void everyReleaseHasASavepoint() throws IOException {
    assertThat(releases()).extracting(release -> release.getFileName().toString()).contains("0.1");
  }

  private static List<String> states(String uid, String engine) {
    return SavepointContract.operators().stream()
        .filter(operator -> operator.uidIn(engine).equals(uid))
        .flatMap(operator -> operator.states().stream())
        .toList();
  }

  private static List<Path> releases() throws IOException {
    try (Stream<Path> releases = Files.list(STORED)) {
      return releases.sorted().toList();
    }
  }
}
