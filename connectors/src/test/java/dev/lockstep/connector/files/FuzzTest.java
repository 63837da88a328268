package dev.lockstep.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lines as the cases have them, with bytes changed, doubled, lost, and mixed. {@code
 * -Dfuzzed.lines=1000000} makes many of them, for all formats together.
 */
class FuzzTest {
  private static final Path FOLDER = Path.of("src/test/resources/dev/lockstep/connector/files");
  private static final int LINES = Integer.getInteger("fuzzed.lines", 20_000);
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] ODD = "\"\"\\ \t,{}[]:-#\r0T\u00e9\uFEFF".getBytes(UTF_8);

  static List<String> names() {
    return FileFormats.names();
  }

  /** What goes in comes out: each line as a record, or as refused with its reason, and in order. */
  @ParameterizedTest
  @ValueSource(strings = {"ndjson", "zeek", "elb", "alb"})
  void everyLineIsARecordOrRefused(String name) throws IOException {
    Random random = new Random(1);
    List<byte[]> seeds = seedLines(name);
    FileFormat format = FileFormats.named(name);
    FileHead head = format.head(new ByteArrayInputStream(seedFile(name)));
    int events = 0;
    int refused = 0;
    for (int done = 0; done < LINES / FileFormats.names().size(); done += 1000) {
      List<byte[]> lines = new ArrayList<>();
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      for (int i = 0; i < 1000; i++) {
        byte[] line = fuzzed(seeds.get(random.nextInt(seeds.size())), random);
        file.writeBytes(line);
        file.write('\n');
        if (!isSkipped(name, line)) {
          lines.add(line);
        }
      }
      RecordReader reader =
          format.reader(
              new ByteArrayInputStream(file.toByteArray()), FileRange.WHOLE, head, 1 << 16);
      for (byte[] line : lines) {
        FileRecord record = requireNonNull(reader.next(), "there are fewer records than lines");
        assertThat(record.original()).isEqualTo(LineReader.withoutCarriageReturn(line));
        assertThat(record.event() == null).isEqualTo(record.problem() != null);
        refused += record.event() == null ? 1 : 0;
        events += record.event() == null ? 0 : 1;
        if (!name.equals("ndjson")) {
          assertIsJson(record);
        }
      }
      assertThat(reader.next()).isNull();
    }
    assertThat(events).isPositive();
    assertThat(refused).matches(count -> name.equals("ndjson") || count > 0);
  }

  /**
   * Whatever the bytes: each belongs to one record at most, in order, and reading comes to an end.
   */
  @ParameterizedTest
  @MethodSource("names")
  void anyBytesFallIntoRecordsThatDoNotOverlap(String name) throws IOException {
    List<byte[]> seeds = seedLines(name);
    for (int done = 0, seed = 0; done < LINES / FileFormats.names().size(); done += 50, seed++) {
      Random random = new Random(seed);
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      for (int i = 0; i < 50; i++) {
        file.writeBytes(fuzzed(seeds.get(random.nextInt(seeds.size())), random));
        file.writeBytes(random.nextInt(20) == 0 ? new byte[0] : new byte[] {'\n'});
      }
      int most = random.nextBoolean() ? 1 << 16 : 150;
      ReadFile read = new ReadFile(FileFormats.named(name), file.toByteArray(), most);
      long end = 0;
      List<FileRecord> records = read.whole();
      for (FileRecord record : records) {
        assertThat(record.offset()).as("%s %d", name, seed).isGreaterThanOrEqualTo(end);
        assertThat(record.original().length).isLessThanOrEqualTo(most);
        end = record.offset() + record.original().length;
      }
      assertThat(end).isLessThanOrEqualTo(read.bytes().length);
      if (name.equals("cloudtrail")) {
        continue; // goes on within Records, of which such files seldom have more than one
      }
      assertThat(read.withRestores(FileRange.WHOLE, random))
          .as("%s %d", name, seed)
          .extracting(FileRecord::offset)
          .isEqualTo(records.stream().map(FileRecord::offset).toList());
    }
  }

  /** Objects that are well-formed come out whole whatever lies between them. */
  @Test
  void objectsAreNotHarmedByWhatIsBetweenThem() {
    String[] between = {"\n", " ", ",", "\r\n\t", "[", "]", "][", "\n\n", ""};
    String[] objects = {"{\"a\":1}", "{\"a\":[{},{\"b\":\"]}\\\"\"}]}", "{ }", "{\"é\":\"\\\\\"}"};
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      StringBuilder file = new StringBuilder();
      List<String> written = new ArrayList<>();
      for (int i = random.nextInt(30); i >= 0; i--) {
        file.append(between[random.nextInt(between.length)]);
        String object = objects[random.nextInt(objects.length)];
        written.add(object);
        file.append(object);
      }
      ReadFile json = ReadFile.of("json", file.toString().getBytes(UTF_8));
      assertThat(json.whole()).extracting(FuzzTest::eventText).isEqualTo(written);
      assertThat(json.withRestores(FileRange.WHOLE, random))
          .extracting(FuzzTest::eventText)
          .isEqualTo(written);
      String trail = "{\"x\":[1],\"Records\":[" + String.join(", ", written) + "],\"y\":2}";
      ReadFile cloudTrail = ReadFile.of("cloudtrail", trail.getBytes(UTF_8));
      assertThat(cloudTrail.whole()).extracting(FuzzTest::eventText).isEqualTo(written);
      assertThat(cloudTrail.withRestores(FileRange.WHOLE, random))
          .extracting(FuzzTest::eventText)
          .isEqualTo(written);
    }
  }

  /** Most times are read by their digits alone, and must be the same as those that Java knows. */
  @Test
  void timesAreThoseThatJavaKnows() {
    Random random = new Random(1);
    List<String> fractions =
        List.of("", ".", ".1", ".123456", ".123456789", ".1234567890", ".12a4");
    for (int i = 0; i < LINES; i++) {
      String time =
          "%04d-%02d-%02dT%02d:%02d:%02d%s%s"
              .formatted(
                  1890 + random.nextInt(200),
                  random.nextInt(14),
                  random.nextInt(33),
                  random.nextInt(26),
                  random.nextInt(62),
                  random.nextInt(62),
                  fractions.get(random.nextInt(fractions.size())),
                  random.nextInt(10) == 0 ? "+01:00" : "Z");
      String line = time + " lb 192.0.2.1:1 - -1 -1 -1 200 - 0 0 \"- - -\"\n";
      FileRecord record = ReadFile.of("elb", line.getBytes(UTF_8)).whole().get(0);
      assertThat(record.event() != null).as(time).isEqualTo(isTime(time));
    }
  }

  private static boolean isTime(String text) {
    try {
      Instant.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zeek", "elb", "alb"})
  void partsOfAFileOfLinesGiveTheWhole(String name) throws IOException {
    List<byte[]> seeds = seedLines(name);
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      file.writeBytes(name.equals("zeek") ? seedFile(name) : new byte[0]);
      for (int i = random.nextInt(60); i >= 0; i--) {
        file.writeBytes(fuzzed(seeds.get(random.nextInt(seeds.size())), random));
        file.writeBytes(random.nextBoolean() ? "\r\n".getBytes(UTF_8) : new byte[] {'\n'});
      }
      ReadFile read = ReadFile.of(name, file.toByteArray());
      assertThat(read.inParts(1 + random.nextInt(7), random))
          .as("seed %d", seed)
          .extracting(FileRecord::offset)
          .isEqualTo(read.whole().stream().map(FileRecord::offset).toList());
    }
  }

  private static byte[] fuzzed(byte[] seed, Random random) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int changes = random.nextInt(4);
    int rate = Math.max(1, seed.length / Math.max(1, changes));
    for (int i = 0; i < seed.length; i++) {
      int what = changes > 0 && random.nextInt(rate) == 0 ? random.nextInt(6) : 6;
      switch (what) {
        case 0 -> {} // lost
        case 1 -> line.write(ODD[random.nextInt(ODD.length)]);
        case 2 -> line.write(random.nextInt(256));
        case 3 -> line.write(seed, i, 1 + random.nextInt(seed.length - i)); // and again from here
        case 4 -> i += random.nextInt(seed.length - i); // a gap
        case 5 -> {
          line.write(seed[i]);
          line.write(ODD[random.nextInt(ODD.length)]);
        }
        default -> line.write(seed[i]);
      }
    }
    byte[] bytes = line.toByteArray();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == '\n' ? (byte) ' ' : bytes[i];
    }
    return bytes;
  }

  /** What is no record of the format: an empty line, or a remark. */
  private static boolean isSkipped(String name, byte[] line) {
    String text = new String(line, UTF_8);
    return switch (name) {
      case "ndjson" -> text.chars().allMatch(c -> c == ' ' || c == '\t' || c == '\r');
      case "zeek" ->
          text.isEmpty()
              || text.equals("\r")
              || (text.startsWith("#") && !text.startsWith("#fields\t"));
      default -> text.isEmpty() || text.equals("\r");
    };
  }

  private static byte[] seedFile(String name) throws IOException {
    String file =
        switch (name) {
          case "zeek" -> "zeek/conn.txt";
          case "ndjson" -> "ndjson/lines.txt";
          case "json" -> "json/many.txt";
          case "cloudtrail" -> "cloudtrail/records.txt";
          case "csv" -> "csv/quotes.txt";
          default -> name + "/unusual.txt";
        };
    return Files.readAllBytes(FOLDER.resolve(file));
  }

  private static List<byte[]> seedLines(String name) throws IOException {
    return new String(seedFile(name), UTF_8)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.getBytes(UTF_8))
        .toList();
  }

  private static String eventText(FileRecord record) {
    return record.event() == null ? "refused" : new String(record.event(), UTF_8);
  }

  private static void assertIsJson(FileRecord record) throws IOException {
    if (record.event() == null) {
      return;
    }
    try (JsonParser parser = JSON.createParser(record.event())) {
      parser.nextToken();
      parser.skipChildren();
      assertThat(parser.nextToken()).isNull();
    }
  }
}
