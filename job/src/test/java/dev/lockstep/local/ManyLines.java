package dev.lockstep.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Lines of JSON in files of the same size, each with its number. Every {@link #HOSTILE_EVERY}th
 * raises an alert, and so many belong to a customer whose events are indexed that one search finds
 * them all.
 *
 * @param lines how many there are
 * @param keptEvery the customer's are those whose number is a multiple of that, and one
 * @param customer whose events are indexed
 */
record ManyLines(long lines, long keptEvery, int files, String customer) {

  static final int HOSTILE_EVERY = 1000;

  private static final int MOST_KEPT = 9_000;
  private static final int DIGITS = 12;

  /** About a kilobyte, as the start of a process is in a Windows log. */
  private static final String LINE =
      "{\"@timestamp\":\"2026-01-31T23:59:00Z\",\"n\":\"%s\",\"tenant\":\"%s\",\"EventID\":1,"
          + "\"CommandLine\":\"%s\",\"Image\":\"C:\\\\Windows\\\\System32\\\\svchost.exe\","
          + "\"ParentImage\":\"C:\\\\Windows\\\\System32\\\\services.exe\","
          + "\"ParentCommandLine\":\"C:\\\\Windows\\\\system32\\\\services.exe\","
          + "\"User\":\"NT AUTHORITY\\\\SYSTEM\",\"IntegrityLevel\":\"System\","
          + "\"Company\":\"Microsoft Corporation\",\"Hashes\":\""
          + "SHA256=7FD065BAC18C5278777AE44908101CDFED72D26FA741367F0AD4D02020787AB6".repeat(9)
          + "\"}\n";

  private static final String NUMBER = "#".repeat(DIGITS);
  private static final String USUAL = LINE.formatted(NUMBER, "t-01", "beta ");
  private static final String HOSTILE = LINE.formatted(NUMBER, "t-01", "alpha");

  /** Writes that many bytes, to the line, into so many files. */
  static ManyLines write(Path folder, long bytes, int files, String customer) throws IOException {
    long lines = bytes / USUAL.length() / files * files;
    ManyLines all = new ManyLines(lines, Math.max(10, lines / MOST_KEPT), files, customer);
    byte[] usual = USUAL.getBytes(US_ASCII);
    byte[] hostile = HOSTILE.getBytes(US_ASCII);
    byte[] kept = LINE.formatted(NUMBER, customer, "beta ").getBytes(US_ASCII);
    int at = USUAL.indexOf(NUMBER);
    long number = 0;
    for (int file = 0; file < files; file++) {
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(all.file(folder, file)), 1 << 16)) {
        for (long i = 0; i < lines / files; i++) {
          byte[] line = all.isKept(number) ? kept : isHostile(number) ? hostile : usual;
          long rest = number++;
          for (int digit = DIGITS - 1; digit >= 0; digit--) {
            line[at + digit] = (byte) ('0' + rest % 10);
            rest /= 10;
          }
          out.write(line);
        }
      }
    }
    return all;
  }

  void delete(Path folder) throws IOException {
    for (int file = 0; file < files; file++) {
      Files.delete(file(folder, file));
    }
  }

  private Path file(Path folder, int number) {
    return folder.resolve("f-%05d.ndjson".formatted(number));
  }

  static boolean isHostile(long line) {
    return line % HOSTILE_EVERY == 0;
  }

  /** None of them is hostile. */
  boolean isKept(long line) {
    return line % keptEvery == 1 && !isHostile(line);
  }

  long bytes() {
    return lines * USUAL.length();
  }

  long hostile() {
    return (lines + HOSTILE_EVERY - 1) / HOSTILE_EVERY;
  }

  long kept() {
    long kept = 0;
    for (long line = 1; line < lines; line += keptEvery) {
      kept += isKept(line) ? 1 : 0;
    }
    return kept;
  }
}
