package dev.lockstep.connector.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.event.EnvelopeLayout;
import dev.lockstep.event.EnvelopePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWalkTest {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private final Path folder;

  FolderWalkTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void findsWhatIsMeantAndNeitherHiddenNorUnderWay() throws IOException {
    write("acme/web/a.json", NOON.minusSeconds(60));
    write("acme/web/.b.json", NOON.minusSeconds(60));
    write("acme/web/_c.json", NOON.minusSeconds(60));
    write("acme/web/d.txt", NOON.minusSeconds(60));
    write("acme/other/e.json", NOON.minusSeconds(60));
    write("globex/web/growing.json", NOON.minusSeconds(3));

    Listing listing = walk("{customer}/web/*.json");

    assertThat(listing.problems()).isEmpty();
    assertThat(listing.files())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.path()).endsWith("acme/web/a.json");
              assertThat(file.customer()).isEqualTo("acme");
              assertThat(file.stamp().size()).isEqualTo(2);
            });
  }

  @Test
  void tellsWhichFolderCannotBeLookedAt() {
    Listing listing = walk("missing/*.json");

    assertThat(listing.files()).isEmpty();
    assertThat(listing.problems())
        .singleElement()
        .asString()
        .contains("missing cannot be looked at: it does not exist");
  }

  private Listing walk(String pattern) {
    FileSettings source =
        new FileSettings(
            "logs",
            List.of(PathPattern.parse(folder.toUri() + pattern)),
            FileFormats.named("ndjson"),
            /* customer= */ null,
            new EnvelopeLayout(List.of(new EnvelopePlace.Key()), List.of(), List.of(), 100));
    return new FolderWalk(List.of(source), Duration.ofSeconds(5), Clock.fixed(NOON, ZoneOffset.UTC))
        .get();
  }

  private void write(String name, Instant modified) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(Objects.requireNonNull(path.getParent()));
    Files.writeString(path, "{}");
    Files.setLastModifiedTime(path, FileTime.from(modified));
  }
}
