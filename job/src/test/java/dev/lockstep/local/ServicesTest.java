package dev.lockstep.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicesTest {

  @Test
  void findsBothServices(@TempDir Path layout) throws IOException {
    Path libraries = Files.createDirectories(layout.resolve("kafka/libs"));
    Files.createFile(libraries.resolve("kafka_2.13-4.1.1.jar"));
    Path home = layout.resolve("elasticsearch/elasticsearch-8.19.21");
    Files.createDirectories(home.resolve("bin"));
    Files.createFile(home.resolve("bin/elasticsearch"));

    assertThat(Services.in(layout)).isEqualTo(new Services(libraries, home));
  }

  @Test
  void saysHowToMakeALayoutThatIsMissing(@TempDir Path layout) throws IOException {
    assertThatThrownBy(() -> Services.in(layout))
        .hasMessageContaining("Kafka")
        .hasMessageContaining("./mvnw -pl job/services generate-resources");

    Files.createFile(
        Files.createDirectories(layout.resolve("kafka/libs")).resolve("kafka_2.13-4.1.1.jar"));
    assertThatThrownBy(() -> Services.in(layout))
        .hasMessageContaining("Elasticsearch")
        .hasMessageContaining("./mvnw -pl job/services generate-resources");
  }
}
