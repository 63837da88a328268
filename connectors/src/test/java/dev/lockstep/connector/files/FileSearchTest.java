package dev.lockstep.connector.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.connector.files.FoundFile.Stamp;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FileSearchTest {

  private static final long NOW = 1_767_268_800_000L;
  private static final long MIB = 1 << 20;
  private static final FileLimits LIMITS = limits(1000 * MIB);

  private final ShownMetrics shown = new ShownMetrics();
  private final SearchMetrics metrics =
      new SearchMetrics(shown, Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
  private FileSearch search = search(LIMITS, FileSearch.nothing());

  @Test
  void cutsABigFileIntoPartsForAllReaders() {
    search.listed(listing(file("acme", "big", 150 * MIB)));

    List<FilePart> parts = new ArrayList<>();
    for (int reader = 0; reader < 4; reader++) {
      parts.addAll(search.next(reader));
    }

    assertThat(parts)
        .extracting(FilePart::from, FilePart::until)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(0L, 64 * MIB),
            org.assertj.core.groups.Tuple.tuple(64 * MIB, 128 * MIB),
            org.assertj.core.groups.Tuple.tuple(128 * MIB, Long.MAX_VALUE));
  }

  @Test
  void givesNoReaderMoreThanAPartOfABigFileAtOnceHoweverSmallPartsAre() {
    search =
        new FileSearch(
            new FileLimits(
                MIB,
                1000 * MIB,
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ofDays(7),
                100,
                List.of()),
            file -> true,
            FileSearch.nothing(),
            metrics);
    search.listed(listing(file("acme", "big", 4 * MIB)));

    assertThat(search.next(0)).hasSize(1);
    assertThat(search.next(1)).hasSize(1);
  }

  @Test
  void givesAFileOnceHoweverOftenItIsListed() {
    search.listed(listing(file("acme", "a", 10)));
    search.listed(listing(file("acme", "a", 10)));
    assertThat(search.next(0)).hasSize(1);

    search.listed(listing(file("acme", "a", 10)));

    assertThat(search.next(1)).isEmpty();
    assertThat(metrics.discovered.getCount()).isEqualTo(1);
  }

  @Test
  void writesALetterAboutAFileThatChangedAfterItWasTaken() {
    search.listed(listing(file("acme", "a", 10)));
    assertThat(search.next(0)).hasSize(1);

    search.listed(listing(file("acme", "a", 11)));
    search.listed(listing(file("acme", "a", 11)));

    assertThat(search.next(0))
        .singleElement()
        .satisfies(
            part -> {
              assertThat(part.isNote()).isTrue();
              assertThat(part.note()).contains("has changed after it was taken, to 11 bytes");
            });
    assertThat(search.next(0)).isEmpty();
    assertThat(metrics.changed.getCount()).isEqualTo(1);
  }

  @Test
  void takesTurnsByBytesBetweenCustomersAndBetweenBigAndSmallFiles() {
    List<FoundFile> files = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      files.add(file("flood", "f" + i, MIB));
    }
    files.add(file("flood", "huge", 640 * MIB));
    for (int i = 0; i < 50; i++) {
      files.add(file("quiet", "q" + i, MIB));
    }
    search.listed(listing(files.toArray(FoundFile[]::new)));

    long flood = 0;
    long huge = 0;
    long quiet = 0;
    while (quiet < 50 * MIB) {
      for (FilePart part : search.next(0)) {
        huge += part.file().path().endsWith("huge") ? part.bytes() : 0;
        flood += part.file().customer().equals("flood") ? part.bytes() : 0;
        quiet += part.file().customer().equals("quiet") ? part.bytes() : 0;
        search.done(0, new ReaderNews.Done(List.of(part.splitId()), 0));
      }
    }

    assertThat(flood - huge).isBetween(48 * MIB, 64 * MIB);
    assertThat(huge).isEqualTo(64 * MIB);
  }

  @Test
  void boundsWhatIsWithReadersOfOneCustomerAndHoldsUpNoOther() {
    search = search(limits(2 * MIB), FileSearch.nothing());
    search.listed(
        listing(
            file("flood", "a", MIB),
            file("flood", "b", MIB),
            file("flood", "c", MIB),
            file("quiet", "d", MIB)));

    List<FilePart> first = search.next(0);
    assertThat(first)
        .extracting(part -> part.file().path())
        .containsExactlyInAnyOrder("a", "b", "d");
    assertThat(search.next(1)).isEmpty();

    search.done(0, new ReaderNews.Done(List.of(first.get(0).splitId()), 0));

    assertThat(search.next(1)).extracting(part -> part.file().path()).containsExactly("c");
  }

  @Test
  void givesAtLeastOnePartHoweverBigItIs() {
    search = search(limits(2), FileSearch.nothing());
    search.listed(listing(file("acme", "a", MIB), file("acme", "b", MIB)));

    assertThat(search.next(0)).hasSize(1);
  }

  @Test
  void goesOnWithAFileWhereACheckpointWas() throws IOException {
    search.listed(listing(file("acme", "big", 200 * MIB), file("acme", "small", MIB)));
    List<FilePart> before = new ArrayList<>(search.next(0));
    before.addAll(search.next(0));
    FilesStateSerializer serializer = new FilesStateSerializer();

    search = search(LIMITS, serializer.deserialize(1, serializer.serialize(search.state())));
    search.restored(0, before.stream().map(InFlight.Held::of).toList());
    search.listed(listing(file("acme", "big", 200 * MIB), file("acme", "small", MIB)));
    List<FilePart> all = new ArrayList<>(before);
    for (List<FilePart> more = search.next(1); !more.isEmpty(); more = search.next(1)) {
      all.addAll(more);
    }

    assertThat(all).extracting(FilePart::splitId).doesNotHaveDuplicates();
    assertThat(FilePart.bytes(all)).isEqualTo(201 * MIB);
  }

  @Test
  void tellsForHowLongNotAllFoldersCouldBeLookedAt() {
    long earlier = NOW - Duration.ofMinutes(5).toMillis();
    search.listed(new Listing(List.of(), List.of(), earlier));
    assertThat(shown.of("fileListingAgeSeconds")).isEqualTo(300);

    search.listed(new Listing(List.of(), List.of("logs/acme cannot be looked at"), NOW));
    assertThat(shown.of("fileListingAgeSeconds")).as("not all were looked at").isEqualTo(300);

    search.listed(new Listing(List.of(), List.of(), NOW));
    assertThat(shown.of("fileListingAgeSeconds")).isZero();
  }

  @Test
  void givesBackWhatAFailedReaderHadToTheNext() {
    search.listed(listing(file("acme", "a", MIB)));
    List<FilePart> given = search.next(0);

    search.back(0, given);

    assertThat(search.state().ready()).isEqualTo(given);
    assertThat(search.next(1)).isEqualTo(given);
    assertThat(search.next(0)).isEmpty();
  }

  @Test
  void keepsAHundredThousandFilesInAFewMegabytes() throws IOException {
    FoundFile[] files =
        IntStream.range(0, 100_000)
            .mapToObj(
                i -> file("customer-" + i % 50, "s3://logs/some/longer/folder/2026/01/31/" + i, i))
            .toArray(FoundFile[]::new);
    search.listed(listing(files));
    Set<String> given = new HashSet<>();
    byte[] waiting = new FilesStateSerializer().serialize(search.state());
    for (List<FilePart> more = search.next(0); !more.isEmpty(); more = search.next(0)) {
      for (FilePart part : more) {
        assertThat(given.add(part.splitId())).isTrue();
        search.done(0, new ReaderNews.Done(List.of(part.splitId()), 0));
      }
    }

    byte[] state = new FilesStateSerializer().serialize(search.state());

    assertThat(given).hasSize(100_000);
    assertThat(waiting).as("files that wait are found again").hasSizeLessThan(100);
    assertThat(state).hasSizeLessThan(100_000 * 32 + 100);
    assertThat(metrics.done.getCount()).isEqualTo(100_000);
    assertThat(shown.of("customerFilesDone{customer=customer-49}")).isEqualTo(2_000);
    search.listed(listing(files));
    assertThat(search.next(0)).isEmpty();
  }

  private FileSearch search(FileLimits limits, FilesState state) {
    return new FileSearch(limits, file -> true, state, metrics);
  }

  private static FileLimits limits(long inFlight) {
    return new FileLimits(
        64 * MIB,
        inFlight,
        Duration.ofSeconds(1),
        Duration.ZERO,
        Duration.ofDays(7),
        200_000,
        List.of());
  }

  private static FoundFile file(String customer, String path, long size) {
    return new FoundFile("logs", 0, path, path, customer, new Stamp(size, NOW));
  }

  private static Listing listing(FoundFile... files) {
    return new Listing(List.of(files), List.of(), NOW);
  }
}
