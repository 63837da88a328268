package dev.lockstep.connector.content;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.latest.Await;
import dev.lockstep.content.Delivery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The source in a real job, through a savepoint. */
@Timeout(120)
class RuleDirectoryJobTest {

  private static final Queue<String> VERSIONS = new ConcurrentLinkedQueue<>();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @Test
  void emitsTheLastBundleAfterARestoreWithoutTheDirectory(@TempDir Path folder) throws Exception {
    Path rules = Files.createDirectory(folder.resolve("rules"));
    Path file = Files.writeString(rules.resolve("a.yml"), "title: a");
    Configuration configuration = new Configuration();
    Job first = Job.start(rules, configuration);
    String version = first.nextVersion();
    Files.writeString(file, "title: b");
    String changed = first.nextVersion();
    assertThat(changed).isNotEqualTo(version);
    String savepoint = first.stop(folder.resolve("savepoints"));

    Files.delete(file);
    Files.delete(rules);
    configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    Job second = Job.start(rules, configuration);
    assertThat(second.nextVersion()).isEqualTo(changed);
    Files.createDirectory(rules);
    Files.writeString(file, "title: c");
    assertThat(second.nextVersion()).isNotEqualTo(changed);
    second.client.cancel().get(60, SECONDS);
  }

  @Test
  void refusesToRunTwiceInAJob(@TempDir Path folder) {
    assertThatThrownBy(
            () -> {
              StreamExecutionEnvironment env = environment(new Configuration());
              stream(env, folder, 2).print();
              env.execute();
            })
        .rootCause()
        .hasMessageContaining("must have parallelism 1, had 2");
  }

  private static StreamExecutionEnvironment environment(Configuration configuration) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(1);
    return env;
  }

  private static DataStream<byte[]> stream(
      StreamExecutionEnvironment env, Path rules, int parallelism) {
    return env.fromSource(
            new RuleDirectorySource(rules),
            WatermarkStrategy.noWatermarks(),
            "rules",
            PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
        .uid("rules")
        .setParallelism(parallelism);
  }

  /** A running job that writes the versions it hears into a queue of the test's. */
  private record Job(JobClient client) {

    static Job start(Path rules, Configuration configuration) throws Exception {
      StreamExecutionEnvironment env = environment(configuration);
      stream(env, rules, 1)
          .map(Job::record, Types.STRING)
          .uid("versions")
          .sinkTo(new DiscardingSink<>())
          .uid("nowhere");
      return new Job(env.executeAsync());
    }

    private static String record(byte[] delivery) {
      String version = Delivery.decode(delivery).bundle().version();
      VERSIONS.add(version);
      return version;
    }

    String nextVersion() {
      Await.until("a bundle", () -> !VERSIONS.isEmpty());
      return VERSIONS.remove();
    }

    String stop(Path savepoints) throws Exception {
      return client
          .stopWithSavepoint(false, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
          .get(60, SECONDS);
    }
  }
}
