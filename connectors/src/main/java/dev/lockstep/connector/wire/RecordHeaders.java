package dev.lockstep.connector.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The headers of a record in their order; a name may come more than once. */
public final class RecordHeaders {

  public static final RecordHeaders NONE = new RecordHeaders(List.of());

  private static final int NO_VALUE = -1;
  private static final int BYTES_OF_LENGTHS = 2 * Integer.BYTES;

  private final List<Header> headers;

  public RecordHeaders(List<Header> headers) {
    this.headers = List.copyOf(headers);
  }

  /** Returns all of them. */
  public List<Header> all() {
    return headers;
  }

  public boolean isEmpty() {
    return headers.isEmpty();
  }

  /** Returns the value of the last header of that name as text, or null when there is none. */
  public @Nullable String last(String name) {
    for (int i = headers.size() - 1; i >= 0; i--) {
      Header header = headers.get(i);
      if (header.name().equals(name)) {
        return header.value == null ? null : new String(header.value, UTF_8);
      }
    }
    return null;
  }

  /** Returns the length of the encoded form. */
  public int size() {
    return headers.stream().mapToInt(Header::size).sum();
  }

  /** Returns them as bytes: of each header the lengths of name and value, then both. */
  public byte[] encode() {
    ByteBuffer bytes = ByteBuffer.allocate(size());
    for (Header header : headers) {
      bytes.putInt(header.nameBytes.length);
      bytes.putInt(header.value == null ? NO_VALUE : header.value.length);
      bytes.put(header.nameBytes);
      if (header.value != null) {
        bytes.put(header.value);
      }
    }
    return bytes.array();
  }

  /** Reads what {@link #encode} wrote. */
  public static RecordHeaders decode(byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    List<Header> headers = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int nameLength = bytes.getInt();
      int valueLength = bytes.getInt();
      byte[] name = take(bytes, nameLength);
      headers.add(
          new Header(
              new String(name, UTF_8), valueLength == NO_VALUE ? null : take(bytes, valueLength)));
    }
    return new RecordHeaders(headers);
  }

  private static byte[] take(ByteBuffer bytes, int length) {
    byte[] taken = new byte[length];
    bytes.get(taken);
    return taken;
  }

  /** One header. */
  public static final class Header {
    private final String name;
    private final byte[] nameBytes;
    private final byte @Nullable [] value;

    /** The value may be null, as Kafka allows; it is not copied. */
    public Header(String name, byte @Nullable [] value) {
      this.name = requireNonNull(name, "name is null");
      this.nameBytes = name.getBytes(UTF_8);
      this.value = value;
    }

    public String name() {
      return name;
    }

    /** Not to be changed. */
    public byte @Nullable [] value() {
      return value;
    }

    private int size() {
      return BYTES_OF_LENGTHS + nameBytes.length + (value == null ? 0 : value.length);
    }
  }
}
