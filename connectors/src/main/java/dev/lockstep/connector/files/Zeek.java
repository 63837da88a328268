package dev.lockstep.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The tab-separated logs of Zeek, whose first lines, which begin with {@code #}, say how columns
 * are parted, called and typed.
 */
final class Zeek extends LineFormat {
  private static final long serialVersionUID = 1L;

  private static final int MAX_HEAD_BYTES = 256 * 1024;

  Zeek() {
    super("zeek");
  }

  @Override
  public FileHead head(InputStream file) throws IOException {
    FileBytes bytes = new FileBytes(file, 0, MAX_HEAD_BYTES);
    List<String> directives = new ArrayList<>();
    bytes.skipByteOrderMark();
    bytes.mark();
    while (bytes.peek() == '#' && directives.size() < 100) {
      boolean ended = bytes.toLineFeed();
      if (bytes.overflown()) {
        break;
      }
      directives.add(new String(bytes.marked(), UTF_8).stripTrailing());
      if (!ended) {
        break;
      }
      bytes.skip();
      bytes.mark();
    }
    return ZeekHead.of(directives).fileHead(directives);
  }

  @Override
  LineParser parser(FileHead head) {
    return new ZeekParser(ZeekHead.of(head.directives()));
  }
}
