package dev.lockstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;

/** Where a command reads, writes its results and writes its errors. */
record Streams(InputStream in, PrintWriter out, PrintWriter err) {

  /** The streams of the process, in UTF-8 whatever the locale says. */
  static Streams ofProcess() {
    return new Streams(
        System.in, writer(FileDescriptor.out, false), writer(FileDescriptor.err, true));
  }

  void flush() {
    out.flush();
    err.flush();
  }

  private static PrintWriter writer(FileDescriptor descriptor, boolean flushEachLine) {
    return new PrintWriter(
        new BufferedWriter(new OutputStreamWriter(new FileOutputStream(descriptor), UTF_8)),
        flushEachLine);
  }
}
