package dev.lockstep.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.connector.files.FoundFile.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartOpenerTest {

  private final PartOpener opener = new PartOpener();
  private final Path file;

  PartOpenerTest(@TempDir Path folder) throws IOException {
    file = Files.writeString(folder.resolve("a"), "{\"n\":1}\n{\"n\":2}\n");
  }

  @AfterEach
  void close() {
    opener.close();
  }

  @Test
  void aPartIsOpenWhenItIsTaken() throws IOException {
    try (OpenPart part = opener.begin(this::open).take()) {
      assertThat(new String(requireNonNull(part.next()).original(), UTF_8)).isEqualTo("{\"n\":1}");
    }
  }

  @Test
  void whyItCouldNotBeOpenedIsToldWhenItIsTaken() {
    StorageException busy = new StorageException(new IOException("slow down"));
    PartOpener.Begun begun =
        opener.begin(
            () -> {
              throw busy;
            });
    assertThatThrownBy(begun::take).isSameAs(busy);
  }

  @Test
  void aPartThatIsGivenUpIsClosedAlsoWhenItOpensLater() throws IOException {
    OpenPart early = open();
    PartOpener.Begun begunEarly = new PartOpener.Begun();
    begunEarly.open(() -> early);
    begunEarly.giveUp();
    OpenPart late = open();
    PartOpener.Begun begunLate = new PartOpener.Begun();
    begunLate.giveUp();
    begunLate.open(() -> late);

    assertThatThrownBy(early::next).hasMessageContaining("closed");
    assertThatThrownBy(late::next).hasMessageContaining("closed");
  }

  private OpenPart open() throws IOException {
    Stamp stamp = new Stamp(Files.size(file), Files.getLastModifiedTime(file).toMillis());
    return OpenPart.open(
        FilePart.of(
            new FoundFile("logs", 0, file.toUri().toString(), "a", "acme", stamp),
            0,
            Long.MAX_VALUE),
        FileFormats.named("ndjson"),
        1 << 20,
        new SimpleCounter());
  }
}
