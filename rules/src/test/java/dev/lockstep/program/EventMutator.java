package dev.lockstep.program;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes the bytes of JSON here and there; most of what comes out is still nearly JSON. */
final class EventMutator {
  private static final List<String> SNIPPETS =
      List.of(
          "\"",
          "\\",
          "\\u0000",
          "\\uD800",
          "\\uDC00",
          "\\uD83D\\uDE00",
          "\\u212A",
          "\\x",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "null",
          "true",
          "NaN",
          "1e400",
          "1e999999999",
          "100e2147483646",
          "1e-2147483647",
          "-0",
          "01",
          "+1",
          "1.",
          "123456789012345678901234567890",
          "\"a\":1,",
          "\"a\":{\"b\":[1,{\"c\":null}]},",
          "\"c.d\":\"x\",\"c\":{\"d\":\"y\"},",
          "\"c\":[{\"d\":{\"e\":\"a\"}},{\"d.e\":\"b\"}],",
          "\"x y\":\"a\",\"xy\":\"b\",",
          "\"\":\"\",",
          "\"a.\":1,\".a\":2,",
          "?",
          "\uD83D\uDE00",
          "\u0130\u0131\u017F\u1E9E\u00DF\u212A",
          " ",
          "\n",
          "\u0001",
          "/* c */",
          "{}");

  /** Bytes that are not UTF-8: cut, too long, surrogates, beyond the last character. */
  private static final List<byte[]> NOT_UTF_8 =
      List.of(
          new byte[] {(byte) 0xFF},
          new byte[] {(byte) 0xFE, (byte) 0xFF},
          new byte[] {(byte) 0x80},
          new byte[] {(byte) 0xC3},
          new byte[] {(byte) 0xC0, (byte) 0xAF},
          new byte[] {(byte) 0xE2, (byte) 0x82},
          new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
          new byte[] {(byte) 0xF0, (byte) 0x9F, (byte) 0x98},
          new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
          new byte[] {(byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
          new byte[] {(byte) 0xF8, (byte) 0x88, (byte) 0x80, (byte) 0x80, (byte) 0x80},
          new byte[] {0});

  private final List<byte[]> others;

  EventMutator(List<byte[]> others) {
    this.others = others;
  }

  byte[] mutate(byte[] event, RandomGenerator random) {
    byte[] mutated = event;
    for (int i = random.nextInt(4); i > 0; i--) {
      mutated = mutateOnce(mutated, random);
    }
    return mutated;
  }

  private byte[] mutateOnce(byte[] event, RandomGenerator random) {
    int at = random.nextInt(event.length + 1);
    return switch (random.nextInt(14)) {
      case 0 -> spliced(event, at, 1, new byte[] {(byte) random.nextInt(256)});
      case 1 -> Arrays.copyOf(event, at);
      case 2 -> spliced(event, at, random.nextInt(10), new byte[0]);
      case 3 -> spliced(event, at, 0, NOT_UTF_8.get(random.nextInt(NOT_UTF_8.size())));
      case 4 -> doubled(event, random);
      case 5 -> within(event, random);
      case 6 -> random.nextInt(20) == 0 ? large(event, at, random) : event;
      case 7 -> recased(event, at, random);
      case 8, 9 -> spliced(event, behind(event, at, ','), 0, snippet(random));
      case 10 -> spliced(event, behind(event, at, ':'), 0, snippet(random));
      case 11 -> spliced(event, behind(event, at, '"'), 0, snippet(random));
      case 12 -> spliced(event, behind(event, at, '{'), 0, snippet(random));
      default -> spliced(event, at, 0, snippet(random));
    };
  }

  private static byte[] snippet(RandomGenerator random) {
    return SNIPPETS.get(random.nextInt(SNIPPETS.size())).getBytes(UTF_8);
  }

  /** The members of two events in one, so that names come twice. */
  private byte[] doubled(byte[] event, RandomGenerator random) {
    byte[] other = others.get(random.nextInt(others.size()));
    if (event.length < 2) {
      return other;
    }
    byte[] with = Arrays.copyOf(other, other.length);
    with[other.length - 1] = ',';
    return spliced(event, 0, 1, with);
  }

  /** The event as a member or element of another one. */
  private static byte[] within(byte[] event, RandomGenerator random) {
    String text = new String(event, ISO_8859_1);
    String inside =
        switch (random.nextInt(4)) {
          case 0 -> "{\"c\":" + text + "}";
          case 1 -> "{\"c.d\":[" + text + "," + text + "]}";
          case 2 -> "{\"a\":[[" + text + "],1]}";
          default -> "[" + text + "]";
        };
    return inside.getBytes(ISO_8859_1);
  }

  private static byte[] large(byte[] event, int at, RandomGenerator random) {
    int much = random.nextInt(4) == 0 ? 100_000 : 250;
    String what =
        switch (random.nextInt(8)) {
          case 0 -> "[".repeat(much);
          case 1 -> "{\"a\":".repeat(much);
          case 2 -> "[".repeat(much) + "]".repeat(much) + ",";
          case 3 -> "\"" + "a".repeat(much) + "\":1,";
          case 4 -> "ab\u00E9".repeat(much);
          case 5 -> "9".repeat(much);
          case 6 -> "\"a\":1,".repeat(much);
          default -> "\"a\":\"" + "\\u00e9b".repeat(much) + "\",";
        };
    return spliced(event, behind(event, at, random.nextBoolean() ? '{' : ':'), 0, bytes(what));
  }

  private static byte[] recased(byte[] event, int from, RandomGenerator random) {
    byte[] changed = event.clone();
    int end = Math.min(event.length, from + random.nextInt(20));
    for (int i = from; i < end; i++) {
      changed[i] = Character.isLetter(changed[i]) ? (byte) (changed[i] ^ 0x20) : changed[i];
    }
    return changed;
  }

  /** Where the text goes on behind the next such character. */
  private static int behind(byte[] event, int from, char character) {
    for (int i = from; i < event.length; i++) {
      if (event[i] == character) {
        return i + 1;
      }
    }
    return from;
  }

  private static byte[] spliced(byte[] event, int at, int removed, byte[] added) {
    int rest = Math.min(event.length, at + removed);
    byte[] spliced = Arrays.copyOf(event, at + added.length + event.length - rest);
    System.arraycopy(added, 0, spliced, at, added.length);
    System.arraycopy(event, rest, spliced, at + added.length, event.length - rest);
    return spliced;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
