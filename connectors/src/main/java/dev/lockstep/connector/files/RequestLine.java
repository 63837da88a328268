package dev.lockstep.connector.files;

import org.jspecify.annotations.Nullable;

/**
 * A request as load balancers log it, {@code GET http://example.org:80/a?b HTTP/1.1}, in parts; a
 * part that is not there, or is a dash, is null.
 *
 * @param host without its port
 * @param uri path and query
 * @param query without the question mark
 */
record RequestLine(
    @Nullable String method,
    @Nullable String host,
    @Nullable String uri,
    @Nullable String stem,
    @Nullable String query,
    @Nullable String version) {

  static RequestLine of(String text) {
    int first = text.indexOf(' ');
    int last = text.lastIndexOf(' ');
    if (first < 0) {
      return new RequestLine(there(text), null, null, null, null, null);
    }
    String method = text.substring(0, first);
    String url = last > first ? text.substring(first + 1, last) : text.substring(first + 1);
    String version = last > first ? text.substring(last + 1) : "";
    int scheme = url.indexOf("://");
    int authority = scheme > 0 && isScheme(url, scheme) ? scheme + 3 : 0;
    int path = authority == 0 ? 0 : endOfAuthority(url, authority);
    String uri = there(url.substring(path));
    int mark = uri == null ? -1 : uri.indexOf('?');
    return new RequestLine(
        there(method),
        authority == 0 ? null : there(host(url.substring(authority, path))),
        uri,
        uri == null || mark < 0 ? uri : there(uri.substring(0, mark)),
        uri == null || mark < 0 ? null : there(uri.substring(mark + 1)),
        there(version));
  }

  private static boolean isScheme(String url, int end) {
    return url.chars().limit(end).allMatch(c -> c >= 'a' && c <= 'z');
  }

  /**
   * The port ends with its digits, so that the dash of {@code http://host:80-} is no part of it.
   */
  private static int endOfAuthority(String url, int start) {
    int end = start;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    int port = portAt(url.substring(start, end));
    if (port < 0) {
      return end;
    }
    int digits = start + port + 1;
    while (digits < end && Character.digit(url.charAt(digits), 10) >= 0) {
      digits++;
    }
    return digits;
  }

  /** Where the colon of the port is: beyond the brackets of an address of version 6. */
  private static int portAt(String authority) {
    return authority.indexOf(':', Math.max(authority.indexOf(']'), 0));
  }

  private static String host(String authority) {
    int port = portAt(authority);
    String host = port < 0 ? authority : authority.substring(0, port);
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static @Nullable String there(String part) {
    return part.isBlank() || part.chars().allMatch(c -> c == '-' || c == ' ') ? null : part;
  }
}
