package dev.lockstep.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A file of each format read into events, and the same events read by Jackson into trees: what a
 * line costs beside what its event costs whoever reads it. An operation is a line.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FormatsBenchmark {
  private static final int LINES = 5000;
  private static final ObjectMapper TREES = new ObjectMapper();

  @Param({"alb", "elb", "zeek", "csv", "ndjson"})
  public String format = "";

  private FileFormat reading = FileFormats.named("ndjson");
  private FileHead head = FileHead.NONE;
  private byte[] file = new byte[0];
  private final List<byte[]> events = new ArrayList<>();

  /** Bytes of lines, or of events as JSON. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Bytes {
    public long bytes;
  }

  @Setup
  public void write() throws IOException {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder(headOf(format));
    for (int i = 0; i < LINES; i++) {
      text.append(line(format, i, random)).append('\n');
    }
    file = text.toString().getBytes(UTF_8);
    reading = FileFormats.named(format);
    head = reading.head(new ByteArrayInputStream(file));
    RecordReader reader = reader();
    for (FileRecord record = reader.next(); record != null; record = reader.next()) {
      if (record.event() == null) {
        throw new IllegalStateException("a line was refused: " + record.problem());
      }
      events.add(record.event());
    }
    if (events.size() != LINES) {
      throw new IllegalStateException("of %d lines came %d".formatted(LINES, events.size()));
    }
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public void events(Blackhole blackhole, Bytes counted) throws IOException {
    RecordReader reader = reader();
    for (FileRecord record = reader.next(); record != null; record = reader.next()) {
      blackhole.consume(record);
    }
    counted.bytes += file.length;
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public void trees(Blackhole blackhole, Bytes counted) throws IOException {
    for (byte[] event : events) {
      JsonNode tree = TREES.readTree(event);
      blackhole.consume(tree);
      counted.bytes += event.length;
    }
  }

  private RecordReader reader() {
    return reading.reader(new ByteArrayInputStream(file), FileRange.WHOLE, head, 1 << 20);
  }

  private static String headOf(String format) {
    return switch (format) {
      case "csv" -> "time,user,host,action,result,bytes,comment\n";
      case "zeek" ->
          """
          #separator \\x09
          #path\tconn
          #fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\t\
          orig_bytes\tresp_bytes\tconn_state\tlocal_orig\tmissed_bytes\thistory\torig_pkts\t\
          orig_ip_bytes\tresp_pkts\tresp_ip_bytes\ttunnel_parents
          #types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\t\
          count\tcount\tstring\tbool\tcount\tstring\tcount\t\
          count\tcount\tcount\tset[string]
          """;
      default -> "";
    };
  }

  private static String line(String format, int number, Random random) {
    String time = "2026-01-31T23:%02d:%02d.%06dZ".formatted(number / 100 % 60, number % 60, number);
    String client = "198.51.100.%d:%d".formatted(random.nextInt(256), random.nextInt(65536));
    String url = "example.com:443/shop/item?id=%d&page=2".formatted(random.nextInt(1 << 20));
    int bytes = random.nextInt(100_000);
    String agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
    String measured =
        "0.000%d 0.0%d 0.00001 200 200 %d %d"
            .formatted(1 + random.nextInt(9), 10 + random.nextInt(90), bytes / 7, bytes);
    String asked =
        "\"GET https://%s HTTP/1.1\" \"%s\" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2"
            .formatted(url, agent);
    return switch (format) {
      case "alb" ->
          ("h2 %s app/web/50dc6c495c0c9188 %s 10.0.0.1:80 %s %s"
                  + " arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/web/73e2d6bc"
                  + " \"Root=1-58337281-%024x\" \"example.com\" \"session-reused\" 1 %s"
                  + " \"waf,forward\" \"-\" \"-\" \"10.0.0.1:80\" \"200\" \"-\" \"-\" TID_%016x"
                  + " \"-\" \"-\" \"-\"")
              .formatted(time, client, measured, asked, number, time, number);
      case "elb" -> "%s web %s 10.0.0.1:80 %s %s".formatted(time, client, measured, asked);
      case "zeek" ->
          ("176990%04d.%06d\tC%016x\t198.51.100.7\t%d\t10.0.0.1\t443\ttcp\tssl\t0.%06d\t%d\t%d\tSF"
                  + "\tT\t0\tShADadFf\t%d\t%d\t12\t4711\t(empty)")
              .formatted(
                  number / 50, number, number, bytes % 65536, number, bytes / 7, bytes, 7, bytes);
      case "csv" ->
          "%s,alice,server-%d.example.com,login,success,%d,\"from %s, as \"\"admin\"\"\""
              .formatted(time, number % 100, bytes, client);
      default ->
          "{\"@timestamp\":\"%s\",\"host\":\"server-%d\",\"client\":\"%s\",\"url\":\"%s\",\"bytes\":%d}"
              .formatted(time, number % 100, client, url, bytes);
    };
  }
}
