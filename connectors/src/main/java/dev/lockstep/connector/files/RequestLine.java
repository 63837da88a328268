package dev.lockstep.connector.files;

/**
 * Writes the parts of a request as load balancers log it, {@code GET http://example.org:80/a?b
 * HTTP/1.1}; not those that are not there, or are dashes.
 */
final class RequestLine {
  private static final byte[] METHOD = EventText.name("cs-method");
  private static final byte[] HOST = EventText.name("cs-host");
  private static final byte[] URI = EventText.name("cs-uri");
  private static final byte[] STEM = EventText.name("cs-uri-stem");
  private static final byte[] QUERY = EventText.name("cs-uri-query");
  private static final byte[] VERSION = EventText.name("cs-version");

  void write(EventText event, byte[] bytes, int start, int end) {
    int first = indexOf(' ', bytes, start, end);
    write(event, METHOD, bytes, start, first);
    if (first == end) {
      return;
    }
    int last = end - 1;
    while (bytes[last] != ' ') {
      last--;
    }
    writeUrl(event, bytes, first + 1, last > first ? last : end);
    if (last > first) {
      write(event, VERSION, bytes, last + 1, end);
    }
  }

  private static void writeUrl(EventText event, byte[] bytes, int start, int end) {
    int authority = authority(bytes, start, end);
    int path = start;
    if (authority > start) {
      path = endOfAuthority(bytes, authority, end);
      writeHost(event, bytes, authority, path);
    }
    if (!isThere(bytes, path, end)) {
      return;
    }
    write(event, URI, bytes, path, end);
    int mark = indexOf('?', bytes, path, end);
    write(event, STEM, bytes, path, mark);
    if (mark < end) {
      write(event, QUERY, bytes, mark + 1, end);
    }
  }

  /** Where the host begins, or {@code start} when there is none. */
  private static int authority(byte[] bytes, int start, int end) {
    int scheme = start;
    while (scheme < end && bytes[scheme] >= 'a' && bytes[scheme] <= 'z') {
      scheme++;
    }
    boolean follows =
        scheme > start
            && end - scheme >= 3
            && bytes[scheme] == ':'
            && bytes[scheme + 1] == '/'
            && bytes[scheme + 2] == '/';
    return follows ? scheme + 3 : start;
  }

  /**
   * The port ends with its digits, so that the dash of {@code http://host:80-} is no part of it.
   */
  private static int endOfAuthority(byte[] bytes, int start, int urlEnd) {
    int end = start;
    while (end < urlEnd && bytes[end] != '/' && bytes[end] != '?' && bytes[end] != '#') {
      end++;
    }
    int digits = portAt(bytes, start, end);
    if (digits == end) {
      return end;
    }
    digits++;
    while (digits < end && bytes[digits] >= '0' && bytes[digits] <= '9') {
      digits++;
    }
    return digits;
  }

  /** Where the colon of the port is: beyond the brackets of an address of version 6. */
  private static int portAt(byte[] bytes, int start, int end) {
    int bracket = indexOf(']', bytes, start, end);
    return indexOf(':', bytes, bracket == end ? start : bracket, end);
  }

  /** Without its port. */
  private static void writeHost(EventText event, byte[] bytes, int start, int end) {
    int port = portAt(bytes, start, end);
    boolean brackets = port - start > 1 && bytes[start] == '[' && bytes[port - 1] == ']';
    int around = brackets ? 1 : 0;
    write(event, HOST, bytes, start + around, port - around);
  }

  private static void write(EventText event, byte[] name, byte[] bytes, int start, int end) {
    if (isThere(bytes, start, end)) {
      event.member(name);
      event.string(bytes, start, end);
    }
  }

  /** Whether it is anything but blanks, and anything but dashes. */
  private static boolean isThere(byte[] bytes, int start, int end) {
    boolean blank = true;
    boolean dashes = true;
    for (int i = start; i < end && (blank || dashes); i++) {
      byte c = bytes[i];
      blank &= (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= ' ');
      dashes &= c == '-' || c == ' ';
    }
    return !blank && !dashes;
  }

  /** Where the character is, or {@code end}. */
  private static int indexOf(char character, byte[] bytes, int start, int end) {
    int at = start;
    while (at < end && bytes[at] != character) {
      at++;
    }
    return at;
  }
}
