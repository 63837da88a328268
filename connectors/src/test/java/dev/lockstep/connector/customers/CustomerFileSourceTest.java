package dev.lockstep.connector.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.latest.Await;
import dev.lockstep.connector.latest.RunningReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomerFileSourceTest {

  private static final String GOLD = "acme: {tier: gold}\n";
  private static final String SILVER = "acme: {tier: silver}\n";

  private Path folder;
  private Path file;

  @BeforeEach
  void writeCustomers(@TempDir Path temporary) throws IOException {
    folder = temporary;
    file = folder.resolve("customers.yml");
    replace(GOLD);
  }

  @Test
  void emitsTheFileAndEachChangeOfIt() throws Exception {
    try (var reader = RunningReader.start(source())) {
      assertThat(reader.next()).isEqualTo(GOLD);
      replace(SILVER);
      assertThat(reader.next()).isEqualTo(SILVER);
      assertThat(reader.metric("customerFilesRead")).isEqualTo(2);
    }
  }

  @Test
  void keepsWhatItHadWhileTheFileIsGoneOrTooLarge() throws Exception {
    byte[] checkpoint;
    try (var reader = RunningReader.start(source())) {
      reader.next();
      Files.delete(file);
      awaitUnreadable(reader);
      assertThat(reader.poll()).isNull();
      checkpoint = reader.checkpoint();
    }
    try (var restored = RunningReader.restore(source(), checkpoint)) {
      assertThat(restored.next()).isEqualTo(GOLD);
      replace("#".repeat(4 * 1024 * 1024 + 1));
      awaitUnreadable(restored);
      replace(SILVER);
      assertThat(restored.next()).isEqualTo(SILVER);
      assertThat(restored.metric("customerFileReadable")).isEqualTo(1);
    }
  }

  @Test
  void refusesABlankPath() {
    assertThatThrownBy(() -> new CustomerFileSource(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("file must not be blank");
  }

  private static void awaitUnreadable(RunningReader<String> reader) {
    Await.until("the file to be unreadable", () -> reader.metric("customerFileReadable") == 0);
  }

  private CustomerFileSource source() {
    return new CustomerFileSource(file.toString());
  }

  private void replace(String text) throws IOException {
    Path next = folder.resolve("next");
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
