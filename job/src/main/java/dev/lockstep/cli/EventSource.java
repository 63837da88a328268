package dev.lockstep.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A file of events as a command line names it: plain, compressed if the name ends in {@code .gz},
 * or {@code -} for the standard input.
 */
record EventSource(String name) {
  private static final String STANDARD_INPUT = "-";
  private static final int BUFFER_BYTES = 64 * 1024;

  /** Tells the user early, before any other file is judged, that this one is not there. */
  void requireReadable() {
    if (!isStandardInput() && !isReadable()) {
      throw CommandFailure.ofInput("there is no events file " + name + " that can be read");
    }
  }

  InputStream open(InputStream standardInput) throws IOException {
    if (isStandardInput()) {
      return new KeptOpen(standardInput);
    }
    InputStream in = Files.newInputStream(Path.of(name));
    try {
      return name.endsWith(".gz") ? new GZIPInputStream(in, BUFFER_BYTES) : in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private boolean isStandardInput() {
    return name.equals(STANDARD_INPUT);
  }

  private boolean isReadable() {
    try {
      return Files.isReadable(Path.of(name)) && !Files.isDirectory(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** The process owns its standard input; whoever reads it does not. */
  private static final class KeptOpen extends FilterInputStream {
    KeptOpen(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }
}
