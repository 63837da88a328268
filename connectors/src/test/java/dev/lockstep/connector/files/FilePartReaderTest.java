package dev.lockstep.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import dev.lockstep.connector.files.FoundFile.Stamp;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.event.EnvelopeLayout;
import dev.lockstep.event.EnvelopePlace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePartReaderTest {

  private static final int LINES = 3000;

  private final Path folder;
  private FileSettings source;
  private final ShownMetrics shown = new ShownMetrics();
  private final ReadMetrics metrics = new ReadMetrics(shown);

  FilePartReaderTest(@TempDir Path folder) {
    this.folder = folder;
    source =
        new FileSettings(
            "logs",
            List.of(PathPattern.parse(folder.toUri() + "{customer}/{yyyy}-{MM}-{dd}-*")),
            FileFormats.named("ndjson"),
            /* customer= */ null,
            new EnvelopeLayout(
                List.of(new EnvelopePlace.Header("customer")),
                List.of(),
                List.of(new EnvelopePlace.Field("time"), new EnvelopePlace.Header("path-time")),
                1 << 20));
  }

  @Test
  void readsEachRecordOfAllPartsOnceWithWhatItsPathSays() throws IOException {
    FoundFile file = write("acme/2026-01-31-a", lines());
    long size = file.stamp().size();
    List<FilePart> parts =
        List.of(
            FilePart.of(file, 0, size / 3),
            FilePart.of(file, size / 3, size / 2),
            FilePart.of(file, size / 2, Long.MAX_VALUE));

    List<EventRecord> events = events(read(parts));

    assertThat(events).hasSize(LINES);
    assertThat(events).extracting(event -> event.id).doesNotHaveDuplicates();
    assertThat(events.get(0).id).isEqualTo(file.path() + "@0");
    assertThat(events).allMatch(event -> event.customer.equals("acme"));
    assertThat(events.get(0).occurredAtMillis).isEqualTo(1_769_817_600_000L);
    assertThat(shown.of("fileBytesRead")).isGreaterThanOrEqualTo(size);
    assertThat(shown.of("customerFileBytesRead{customer=acme}"))
        .isEqualTo(shown.of("fileBytesRead"));
    assertThat(shown.of("customerFileEventsRead{customer=acme}")).isEqualTo(LINES);
    assertThat(shown.of("customerFileLetters{customer=acme}")).isZero();
  }

  @Test
  void readsPartsInTheirOrderThoughManyAreOpenAtOnce() throws IOException {
    List<FilePart> parts = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 3 * PartOpener.AHEAD; i++) {
      FoundFile file = write("acme/2026-01-31-%02d".formatted(i), "{}\n{}\n".getBytes(UTF_8));
      parts.add(whole(file));
      expected.addAll(List.of(file.path() + "@0", file.path() + "@3"));
    }
    assertThat(events(read(parts))).extracting(event -> event.id).isEqualTo(expected);
  }

  @Test
  void readsCompressedFilesOfSeveralMembersAndGoesOnInsideThem() throws IOException {
    byte[] half = Arrays.copyOfRange(lines(), 0, lines().length / 2);
    byte[] rest = Arrays.copyOfRange(lines(), lines().length / 2, lines().length);
    FoundFile plain = write("acme/2026-01-31-a", lines());
    FoundFile gzip = write("acme/2026-01-31-b.gz", joined(gzip(half), gzip(rest)));
    FoundFile zstd = write("acme/2026-01-31-c.zst", joined(zstd(half), zstd(rest)));
    List<String> expected = jsons(read(List.of(whole(plain))));

    for (FoundFile file : List.of(gzip, zstd)) {
      List<ReadRecord> records = read(List.of(whole(file)));
      assertThat(jsons(records)).isEqualTo(expected);
      long position = records.get(999).position();
      assertThat(jsons(read(List.of(whole(file).at(position)))))
          .isEqualTo(expected.subList(1000, LINES));
    }
  }

  @Test
  void makesADeadLetterOfTheRestOfACorruptFileAndGoesOnWithOthers() throws IOException {
    byte[] compressed = gzip(lines());
    FoundFile cut = write("acme/2026-01-31-a.gz", Arrays.copyOf(compressed, compressed.length / 2));
    FoundFile none = write("acme/2026-01-31-b.gz", "this is no gzip".getBytes(UTF_8));
    FoundFile cutZstd = write("acme/2026-01-31-c.zst", Arrays.copyOf(zstd(lines()), 200));
    FoundFile good = write("acme/2026-01-31-d.gz", compressed);

    List<ReadRecord> records = read(List.of(whole(cut), whole(none), whole(cutZstd), whole(good)));

    List<DeadLetterRecord> letters = letters(records);
    assertThat(letters)
        .hasSize(3)
        .allMatch(letter -> letter.deadLetterClass.equals("UNREADABLE_FILE"))
        .allMatch(letter -> "acme".equals(letter.customer));
    assertThat(letters.get(0).reason).startsWith("the file cannot be read from there on: ");
    assertThat(letters.get(0).origin).matches(".*a\\.gz@[1-9][0-9]*");
    assertThat(letters.get(1).origin).isEqualTo(none.path() + "@0");
    assertThat(events(records).stream().filter(event -> event.origin.startsWith(good.path())))
        .hasSize(LINES);
    assertThat(shown.of("fileRetries")).isZero();
    assertThat(shown.of("customerFileLetters{customer=acme}")).isEqualTo(3);
  }

  @Test
  void makesADeadLetterOfAFileThatIsGoneOrNotTheOneThatWasFound() throws IOException {
    FoundFile gone = write("acme/2026-01-31-a", lines());
    Files.delete(Path.of(java.net.URI.create(gone.path())));
    FoundFile shorter = write("acme/2026-01-31-b", lines());
    write("acme/2026-01-31-b", "{}".getBytes(UTF_8));

    List<ReadRecord> records = read(List.of(whole(gone), whole(shorter)));

    assertThat(records).hasSize(2).allMatch(ReadRecord::failed);
    assertThat(letters(records).get(1).reason).contains("it is not the file that was found");
  }

  @Test
  void saysThatASourceIsNotThereAnyMore() throws IOException {
    FoundFile file = write("acme/2026-01-31-a", lines());
    source = new FileSettings("other", source.paths(), source.format(), null, source.layout());

    assertThat(letters(read(List.of(whole(file)))))
        .singleElement()
        .satisfies(
            letter ->
                assertThat(letter.reason)
                    .contains("its source 'logs' is not among files.sources any more"));
  }

  @Test
  void writesTheNoteAboutAFileAsADeadLetter() throws IOException {
    FoundFile file = write("acme/2026-01-31-a", lines());

    assertThat(letters(read(List.of(FilePart.note(file, "it has changed")))))
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason).isEqualTo("it has changed"));
  }

  @Test
  void restsAFileWhoseStorageFailsReadsOthersAndGivesItUpInTheEnd() throws IOException {
    FoundFile folderInstead = write("acme/2026-01-31-a", lines());
    Path path = Path.of(java.net.URI.create(folderInstead.path()));
    Files.delete(path);
    Files.createDirectory(path);
    long length = Files.size(path);
    FoundFile failing =
        new FoundFile(
            "logs",
            0,
            folderInstead.path(),
            folderInstead.below(),
            "acme",
            new Stamp(length, Files.getLastModifiedTime(path).toMillis()));
    FoundFile good = write("acme/2026-01-31-b", lines());

    List<ReadRecord> records = read(List.of(whole(failing), whole(good)));

    assertThat(shown.of("fileRetries")).isEqualTo(2);
    assertThat(events(records)).hasSize(LINES);
    assertThat(records.get(records.size() - 1).failed()).as("the others come first").isTrue();
    assertThat(letters(records)).hasSize(1);
  }

  @Test
  void aRecordThatIsTooLargeIsALetterOfThatClassThatKnowsItsLengthAndIsNotTriedAgain()
      throws IOException {
    int most = source.layout().maxBytes();
    byte[] content = ("{\"a\":\"" + "x".repeat(2 * most) + "\"}\n{}\n").getBytes(UTF_8);
    FoundFile file = write("acme/2026-01-31-a", content);

    List<ReadRecord> records = read(List.of(whole(file)));

    assertThat(events(records)).hasSize(1);
    DeadLetterRecord letter = letters(records).get(0);
    assertThat(letter.deadLetterClass).isEqualTo("TOO_LARGE");
    assertThat(letter.origin).isEqualTo(file.path() + "@0");
    assertThat(letter.originalBytes).isEqualTo(2 * most + 8);
    assertThat(letter.bytes).hasSize(most);
    assertThat(letter.isCut()).isTrue();
  }

  @Test
  void aStoreThatTellsWholeSecondsOfAFileThatItListedInMillisecondsIsBelieved() throws IOException {
    FoundFile found = write("acme/2026-01-31-a", lines());
    Path path = Path.of(java.net.URI.create(found.path()));
    Files.setLastModifiedTime(path, FileTime.fromMillis(1_769_817_600_000L));

    assertThat(events(read(List.of(whole(modified(found, 1_769_817_600_123L)))))).hasSize(LINES);
    assertThat(letters(read(List.of(whole(modified(found, 1_769_817_601_000L)))))).hasSize(1);
    assertThat(letters(read(List.of(whole(modified(found, 1_769_817_599_999L)))))).hasSize(1);
  }

  private static FoundFile modified(FoundFile file, long millis) {
    return new FoundFile(
        file.source(),
        file.pattern(),
        file.path(),
        file.below(),
        file.customer(),
        new Stamp(file.stamp().size(), millis));
  }

  @Test
  void readsALineThatWasRefusedAgainAsALineOfItsSource() throws IOException {
    FoundFile file = write("acme/2026-01-31-a", "no json\n".getBytes(UTF_8));
    DeadLetterRecord letter = letters(read(List.of(whole(file)))).get(0);
    letter.bytes = "{\"a\":1}".getBytes(UTF_8);

    DecodedRecord again = new FileRecordsAgain(List.of(source)).again(letter).orElseThrow();

    EventRecord event = Objects.requireNonNull(again.event);
    assertThat(event.customer).isEqualTo("acme");
    assertThat(event.id).isEqualTo(file.path() + "@0");
    assertThat(event.occurredAtMillis).isEqualTo(1_769_817_600_000L);
  }

  private List<ReadRecord> read(List<FilePart> parts) throws IOException {
    FilePartReader reader =
        new FilePartReader(
            Map.of(source.name(), source),
            List.of(Duration.ofMillis(1), Duration.ofMillis(1)),
            metrics);
    reader.handleSplitsChanges(new SplitsAddition<>(parts));
    List<ReadRecord> records = new ArrayList<>();
    int finished = 0;
    while (finished < parts.size()) {
      RecordsWithSplitIds<ReadRecord> batch = reader.fetch();
      while (batch.nextSplit() != null) {
        for (ReadRecord record = batch.nextRecordFromSplit();
            record != null;
            record = batch.nextRecordFromSplit()) {
          records.add(record);
        }
      }
      finished += batch.finishedSplits().size();
    }
    reader.close();
    return records;
  }

  private FoundFile write(String name, byte[] content) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(Objects.requireNonNull(path.getParent()));
    Files.write(path, content);
    return new FolderWalk(List.of(source), Duration.ZERO, Clock.systemUTC())
        .get().files().stream()
            .filter(file -> file.path().endsWith(name))
            .findFirst()
            .orElseThrow();
  }

  private static FilePart whole(FoundFile file) {
    return FilePart.of(file, 0, Long.MAX_VALUE);
  }

  private static byte[] lines() {
    StringBuilder lines = new StringBuilder();
    IntStream.range(0, LINES).forEach(i -> lines.append("{\"n\":").append(i * 7919).append("}\n"));
    return lines.toString().getBytes(UTF_8);
  }

  private static List<EventRecord> events(List<ReadRecord> records) {
    return records.stream()
        .map(record -> record.decoded().event)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .toList();
  }

  private static List<String> jsons(List<ReadRecord> records) {
    return events(records).stream().map(event -> new String(event.json, UTF_8)).toList();
  }

  private static List<DeadLetterRecord> letters(List<ReadRecord> records) {
    return records.stream()
        .map(record -> record.decoded().deadLetter)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .toList();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] zstd(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }
}
