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
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWalkTest {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private final SetClock clock = new SetClock();
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

  @Test
  void aFolderOfADayThatIsLongOverIsLookedAtNowAndThenOnly() throws IOException {
    FolderWalk walk = new FolderWalk(List.of(source("{yyyy}/{MM}/{dd}/*")), Duration.ZERO, clock);
    write("2026/01/28/a", NOON);
    write("2026/01/29/b", NOON);
    assertThat(paths(walk)).containsExactly("2026/01/28/a", "2026/01/29/b");

    write("2026/01/28/late", NOON);
    write("2026/01/29/late", NOON);
    assertThat(paths(walk)).containsExactly("2026/01/28/a", "2026/01/29/b", "2026/01/29/late");

    clock.now = NOON.plus(FolderWalk.BELIEVED);
    assertThat(paths(walk)).contains("2026/01/28/late");
  }

  /** What an old folder is believed to hold is never what another look would take away. */
  @Test
  void noFileOfAYoungFolderIsMissedAndNoOtherForLong() throws IOException {
    List<String> patterns =
        List.of(
            "{customer}/{yyyy}/{MM}/{dd}/*",
            "{customer}/{yyyy}/{MM}/*",
            "{customer}/{yyyy}-{MM}-{dd}/**",
            "{customer}/{yyyy}/**");
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      clock.now = NOON;
      String pattern = patterns.get(random.nextInt(patterns.size()));
      String root = "seed-" + seed + "/";
      Files.createDirectory(folder.resolve(root));
      FileSettings source = source(root + pattern);
      FolderWalk walk = new FolderWalk(List.of(source), Duration.ZERO, clock);
      Map<String, Instant> written = new HashMap<>();
      for (int step = 0; step < 20; step++) {
        for (int i = random.nextInt(4); i > 0; i--) {
          LocalDate day = LocalDate.ofInstant(clock.now, ZoneOffset.UTC);
          String[] date = day.minusDays(random.nextInt(6)).toString().split("-");
          String name =
              pattern
                      .replace("{customer}", "customer-" + random.nextInt(2))
                      .replace("{yyyy}", date[0])
                      .replace("{MM}", date[1])
                      .replace("{dd}", date[2])
                      .replaceAll("\\*+", "")
                  + step
                  + "-"
                  + i;
          write(root + name, clock.now);
          boolean young = !day.minusDays(2).isAfter(LocalDate.parse(String.join("-", date)));
          written.put(root + name, young ? Instant.MIN : clock.now);
        }
        List<String> found = paths(walk);
        assertThat(found).doesNotHaveDuplicates();
        assertThat(written.keySet()).as("seed %d", seed).containsAll(found);
        Instant believed = clock.now.minus(FolderWalk.BELIEVED);
        written.forEach(
            (name, at) -> {
              if (!at.isAfter(believed)) {
                assertThat(found).as(pattern).contains(name);
              }
            });
        clock.now = clock.now.plus(Duration.ofMinutes(random.nextInt(90)));
      }
    }
  }

  @Test
  void aYearThatIsOverIsOldAsAWholeAndNamesThatAreNoDateNeverAre() {
    PathPattern pattern = PathPattern.parse("s3://logs/{customer}/{yyyy}/{MM}/{dd}/*");

    assertThat(pattern.isOver("acme/", NOON)).isFalse();
    assertThat(pattern.isOver("acme/2025/", NOON)).isTrue();
    assertThat(pattern.isOver("acme/2026/", NOON)).isFalse();
    assertThat(pattern.isOver("acme/2026/01/", NOON)).isFalse();
    assertThat(pattern.isOver("acme/2026/01/30/", NOON)).isTrue();
    assertThat(pattern.isOver("acme/2026/01/31/", NOON)).isFalse();
    assertThat(pattern.isOver("acme/year/", NOON)).isFalse();
    assertThat(pattern.isOver("acme/2025/13/", NOON)).isFalse();
    assertThat(PathPattern.parse("s3://logs/{MM}/{dd}/*").isOver("01/01/", NOON)).isFalse();
  }

  private Listing walk(String pattern) {
    return new FolderWalk(List.of(source(pattern)), Duration.ofSeconds(5), clock).get();
  }

  private List<String> paths(FolderWalk walk) {
    Listing listing = walk.get();
    assertThat(listing.problems()).isEmpty();
    String root = folder.toUri().toString();
    return listing.files().stream()
        .map(file -> Path.of(java.net.URI.create(file.path())).toUri().toString())
        .map(path -> path.substring(root.length()))
        .sorted()
        .toList();
  }

  private FileSettings source(String pattern) {
    return new FileSettings(
        "logs",
        List.of(PathPattern.parse(folder.toUri() + pattern)),
        FileFormats.named("ndjson"),
        /* customer= */ null,
        new EnvelopeLayout(List.of(new EnvelopePlace.Key()), List.of(), List.of(), 100));
  }

  private static final class SetClock extends Clock {
    private Instant now = NOON;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("times are of UTC");
    }
  }

  private void write(String name, Instant modified) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(Objects.requireNonNull(path.getParent()));
    Files.writeString(path, "{}");
    Files.setLastModifiedTime(path, FileTime.from(modified));
  }
}
