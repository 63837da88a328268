package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Records as they should not be, in every way that has been thought of; a few are good. */
final class BadRecords {

  /** Larger records are refused; small, so that many of them can be sent. */
  static final int MAX_SIZE = 8 * 1024;

  private final Random random;

  BadRecords(long seed) {
    this.random = new Random(seed);
  }

  /** Returns the value of the next record, which may be null. */
  byte @Nullable [] next() {
    int kind = random.nextInt(1_000);
    if (kind < 5) {
      return ("{\"customer\":\"a\",\"x\":\"" + "x".repeat(MAX_SIZE) + "\"}").getBytes(UTF_8);
    } else if (kind < 15) {
      return nested(1 + random.nextInt(MAX_SIZE / 4));
    } else if (kind < 20) {
      return null;
    } else if (kind < 200) {
      return damaged(good());
    } else if (kind < 300) {
      return notUtf8(good());
    } else if (kind < 320) {
      return noise();
    }
    return text(kind).getBytes(UTF_8);
  }

  private String text(int kind) {
    return switch (kind % 20) {
      case 0 -> "";
      case 1 -> "not json";
      case 2 -> "[" + good() + "]";
      case 3 -> "\"alpha\"";
      case 4 -> "null";
      case 5 -> good() + good();
      case 6 -> with("\"customer\":\"b\"");
      case 7 -> with("\"CommandLine\":\"x\",\"CommandLine\":{\"CommandLine\":[]}");
      case 8 -> with("\"n\":1e" + random.nextInt());
      case 9 -> with("\"n\":" + "9".repeat(1 + random.nextInt(2_000)));
      case 10 -> with("\"n\":-0.0e-" + "9".repeat(1 + random.nextInt(20)));
      case 11 -> with("\"n\":NaN");
      case 12 -> with("\"@timestamp\":" + random.nextLong());
      case 13 -> with("\"@timestamp\":\"+999999999-12-31T23:59:59.999999999Z\"");
      case 14 -> with("\"@timestamp\":1e308");
      case 15 -> "{\"CommandLine\":\"whose?\"}";
      case 16 -> "{\"customer\":" + (random.nextBoolean() ? "\" \"" : "[{}]") + "}";
      case 17 -> "{\"customer\":\"" + "c".repeat(100 + random.nextInt(100)) + "\"}";
      case 18 -> with("\"" + "\\ud800".repeat(1 + random.nextInt(9)) + "\":\"\\u0000\\udc00\"");
      default -> good();
    };
  }

  private static byte[] nested(int depth) {
    boolean objects = depth % 2 == 0;
    return ("{\"customer\":\"a\",\"deep\":"
            + (objects ? "{\"\":" : "[").repeat(depth)
            + "1"
            + (objects ? "}" : "]").repeat(depth)
            + "}")
        .getBytes(UTF_8);
  }

  private String with(String members) {
    return "{\"customer\":\"a\",\"CommandLine\":\"run alpha\"," + members + "}";
  }

  private String good() {
    return with("\"n\":" + random.nextInt(100) + ",\"ip\":\"10.0.0." + random.nextInt(256) + "\"");
  }

  /** Something of it is gone, there twice, or another byte. */
  private byte[] damaged(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    for (int i = 0; i <= random.nextInt(3); i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(0x80);
    }
    int length = random.nextBoolean() ? bytes.length : random.nextInt(bytes.length);
    return Arrays.copyOf(bytes, length);
  }

  private byte[] notUtf8(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    bytes[random.nextInt(bytes.length)] = (byte) (0x80 | random.nextInt(0x80));
    return bytes;
  }

  private byte[] noise() {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }
}
