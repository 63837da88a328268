package dev.lockstep.connector.files;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** How a file is compressed, by the end of its name. */
enum Compression {
  /** As it is. */
  NONE {
    @Override
    InputStream open(InputStream raw) {
      return raw;
    }
  },
  /** Any number of gzip members, one after another. */
  GZIP {
    @Override
    InputStream open(InputStream raw) throws IOException {
      // Unlike others it hands out what comes before the place where a file is broken.
      return new GZIPInputStream(new BufferedInputStream(raw, PIECE), PIECE);
    }
  },
  /** Any number of Zstandard frames. */
  ZSTD {
    @Override
    InputStream open(InputStream raw) throws IOException {
      return new ZstdInputStream(new BufferedInputStream(raw, PIECE));
    }
  };

  private static final int PIECE = 64 * 1024;

  static Compression of(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(".gz") || name.endsWith(".gzip")) {
      return GZIP;
    }
    return name.endsWith(".zst") || name.endsWith(".zstd") ? ZSTD : NONE;
  }

  /** Returns what is in it. */
  abstract InputStream open(InputStream raw) throws IOException;
}
