package dev.lockstep.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {
  private static final String[] PIECES = {"a", "\"", "é", "日本", "🐟", "\t", ":", "\\r", "{}", "0"};

  @Test
  void eachLineIsARecordWithItsPlace() {
    List<FileRecord> records = lines("{\"a\":1}\r\n\n \t\r\n{\"b\":\"ü\"}\n{}").whole();
    assertThat(records)
        .extracting(LinesTest::text)
        .containsExactly("{\"a\":1}", "{\"b\":\"ü\"}", "{}");
    assertThat(records).extracting(FileRecord::offset).containsExactly(0L, 14L, 25L);
    assertThat(records).extracting(FileRecord::line).containsExactly(1L, 4L, 5L);
    assertThat(records)
        .allSatisfy(record -> assertThat(record.event()).isSameAs(record.original()));
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstRecord() {
    ReadFile file = lines("\uFEFF{\"a\":1}\n\uFEFF{}\n");
    assertThat(file.whole()).extracting(LinesTest::text).containsExactly("{\"a\":1}", "\uFEFF{}");
    assertThat(file.whole().get(0).offset()).isEqualTo(3);
    assertThat(file.part(new FileRange(0, 1, true))).hasSize(1);
    assertThat(file.part(new FileRange(1, 11, false))).isEmpty();
    assertThat(lines("\uFEFF").whole()).isEmpty();
  }

  @Test
  void aLineThatBeginsAtThePartBelongsToIt() {
    ReadFile file = lines("{1}\n{2}\n{3}\n");
    assertThat(file.part(new FileRange(0, 4, true)))
        .extracting(LinesTest::text)
        .containsExactly("{1}");
    assertThat(file.part(new FileRange(4, 8, false)))
        .extracting(LinesTest::text)
        .containsExactly("{2}");
    assertThat(file.part(new FileRange(5, 8, false))).isEmpty();
    assertThat(file.part(new FileRange(3, 9, false)))
        .extracting(LinesTest::text)
        .containsExactly("{2}", "{3}");
  }

  /** No record is cut, missed or read twice, wherever the parts and the restores are. */
  @Test
  void anyPartsGiveTheRecordsOfTheWhole() {
    for (int seed = 0; seed < 600; seed++) {
      Random random = new Random(seed);
      List<String> written = new ArrayList<>();
      ReadFile file = lines(randomLines(random, written));
      assertThat(file.whole()).as("seed %d", seed).extracting(LinesTest::text).isEqualTo(written);
      List<Long> offsets = file.whole().stream().map(FileRecord::offset).toList();
      List<FileRecord> parts = file.inParts(1 + random.nextInt(9), random);
      assertThat(parts).as("seed %d", seed).extracting(LinesTest::text).isEqualTo(written);
      assertThat(parts).as("seed %d", seed).extracting(FileRecord::offset).isEqualTo(offsets);
      assertThat(file.withRestores(FileRange.WHOLE, random))
          .as("seed %d", seed)
          .extracting(FileRecord::offset)
          .isEqualTo(offsets);
    }
  }

  @Test
  void aPartIsGoneOnWithAfterARestore() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      ReadFile file = lines(randomLines(random, new ArrayList<>()));
      long from = 1L + random.nextInt(file.bytes().length);
      FileRange range = new FileRange(from, from + random.nextInt(file.bytes().length), false);
      assertThat(file.withRestores(range, random))
          .as("seed %d", seed)
          .extracting(FileRecord::offset)
          .isEqualTo(file.part(range).stream().map(FileRecord::offset).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 102, 108, 109, 110, 200_000, 70_000})
  void aLineThatIsTooLongIsRefusedWithItsBeginningAndHarmsNoOther(int length) {
    String text = "{}\n" + "x".repeat(length) + "\r\n{\"a\":1}\n" + "y".repeat(length);
    ReadFile file = new ReadFile(FileFormats.named("ndjson"), text.getBytes(UTF_8), 100);
    List<FileRecord> records = file.whole();
    assertThat(records).extracting(FileRecord::line).containsExactly(1L, 2L, 3L, 4L);
    assertThat(records)
        .extracting(FileRecord::offset)
        .containsExactly(0L, 3L, length + 5L, length + 13L);
    assertThat(text(records.get(1))).isEqualTo("x".repeat(100));
    assertThat(records.get(1).event()).isNull();
    assertThat(records.get(1).problem())
        .isEqualTo(
            "the record has %d bytes, at most 100 are taken; this is its beginning"
                .formatted(records.get(1).length()));
    // With the carriage return where it is passed over in pieces.
    assertThat(records.get(1).length()).isBetween((long) length, length + 1L);
    assertThat(records.get(1).tooLong()).isTrue();
    assertThat(records.get(2).problem()).isNull();
    assertThat(records.get(3).problem()).isNotNull();
    assertThat(file.withRestores(FileRange.WHOLE, new Random(length))).hasSize(4);
  }

  @Test
  void aLineOfExactlyTheMostBytesIsTaken() {
    ReadFile file =
        new ReadFile(FileFormats.named("ndjson"), ("x".repeat(100) + "\r\n").getBytes(UTF_8), 100);
    assertThat(file.whole()).singleElement().satisfies(it -> assertThat(it.problem()).isNull());
  }

  @Test
  void aLineWithoutEndIsPassedOverInBoundedMemory() throws IOException {
    long size = Runtime.getRuntime().maxMemory() + (1L << 20);
    InputStream endless =
        new InputStream() {
          private long given;

          @Override
          public int read() {
            return given++ < size ? 'x' : -1;
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            given += length;
            return given < size ? length : -1;
          }
        };
    RecordReader reader =
        FileFormats.named("ndjson").reader(endless, FileRange.WHOLE, FileHead.NONE, 1 << 20);
    FileRecord record = requireNonNull(reader.next());
    assertThat(record.original()).hasSize(1 << 20);
    assertThat(record.problem()).isNotNull();
    assertThat(reader.next()).isNull();
  }

  @Test
  void anUnknownNameIsToldTheNamesThatThereAre() {
    assertThatThrownBy(() -> FileFormats.named("xml"))
        .hasMessageStartingWith("'xml' is no format of files; they are ndjson");
    assertThat(FileFormats.names())
        .allSatisfy(it -> assertThat(FileFormats.named(it).name()).isEqualTo(it));
  }

  private static String randomLines(Random random, List<String> written) {
    StringBuilder text = new StringBuilder();
    int longest = 1 << random.nextInt(random.nextInt(20) == 0 ? 17 : 8);
    int count = 1 + random.nextInt(40);
    for (int i = 0; i < count; i++) {
      StringBuilder line = new StringBuilder();
      for (int length = random.nextInt(longest); line.length() < length; ) {
        line.append(PIECES[random.nextInt(PIECES.length)]);
      }
      text.append(line);
      if (!line.toString().isBlank()) {
        written.add(line.toString());
      }
      if (i < count - 1 || random.nextBoolean()) {
        text.append(random.nextBoolean() ? "\r\n" : "\n");
      }
    }
    return text.isEmpty() ? "\n" : text.toString();
  }

  private static ReadFile lines(String text) {
    return ReadFile.of("ndjson", text.getBytes(UTF_8));
  }

  private static String text(FileRecord record) {
    return new String(record.original(), UTF_8);
  }
}
