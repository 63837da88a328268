package dev.lockstep.content;

import dev.lockstep.content.Delivery.Part;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes deliveries as bytes and reads them. Documents travel in pieces of some dozens, each
 * compressed for itself; a codec packs and unpacks only those pieces that differ from its last
 * delivery, so that a change of one rule among thousands costs one piece. The bytes are whole all
 * the same: any codec reads them. Documents that were in the last delivery, too, are the same
 * objects. Not safe for use by several threads.
 */
public final class DeliveryCodec {

  static final int FORMAT = 3;

  /** Formats 1 and 2 are one compressed whole, which begins with this. */
  private static final int FIRST_OF_GZIP = 0x1f;

  private static final int FORMAT_WITHOUT_SOURCE = 1;
  private static final int FORMAT_IN_ONE_PIECE = 2;

  /** A piece has 64 documents in the mean. */
  private static final int BITS_OF_SIZE = 6;

  private static final int SPREAD = 0x9E3779B9;

  private Map<List<RuleDocument>, byte[]> written = Map.of();
  private Map<ByteBuffer, List<RuleDocument>> read = Map.of();

  /** Returns the compressed form that a source emits and that lies in state. */
  public byte[] encode(Delivery delivery) {
    List<List<RuleDocument>> pieces = pieces(delivery.bundle().documents());
    Map<List<RuleDocument>, byte[]> now = new HashMap<>();
    byte[] head = BundleWire.encode(FORMAT, out -> writeHead(out, delivery, pieces.size()));
    int bytes = 1 + Integer.BYTES + head.length;
    for (List<RuleDocument> piece : pieces) {
      byte[] known = written.get(piece);
      byte[] packed =
          known == null
              ? BundleWire.encode(FORMAT, out -> BundleWire.writeDocuments(out, piece))
              : known;
      now.put(piece, packed);
      bytes += Integer.BYTES + packed.length;
    }
    ByteBuffer all = ByteBuffer.allocate(bytes).put((byte) FORMAT);
    all.putInt(head.length).put(head);
    for (List<RuleDocument> piece : pieces) {
      byte[] packed = now.getOrDefault(piece, new byte[0]);
      all.putInt(packed.length).put(packed);
    }
    written = now;
    return all.array();
  }

  /**
   * Reads what {@link #encode} wrote, in this version or an earlier one.
   *
   * @throws IllegalArgumentException if the bytes are no delivery
   */
  public Delivery decode(byte[] encoded) {
    if (encoded.length > 0 && encoded[0] == FIRST_OF_GZIP) {
      return BundleWire.decode("delivery", ByteBuffer.wrap(encoded), DeliveryCodec::readOlder);
    }
    try {
      return readPieces(ByteBuffer.wrap(encoded));
    } catch (IOException e) {
      throw new IllegalArgumentException("not an encoded delivery: " + e.getMessage(), e);
    }
  }

  /**
   * Cuts documents where their paths say so, and not after so many: a new document moves no other
   * one into another piece.
   */
  private static List<List<RuleDocument>> pieces(List<RuleDocument> documents) {
    List<List<RuleDocument>> pieces = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= documents.size(); i++) {
      if (i == documents.size() || startsPiece(documents.get(i))) {
        pieces.add(List.copyOf(documents.subList(start, i)));
        start = i;
      }
    }
    return pieces;
  }

  private static boolean startsPiece(RuleDocument document) {
    int spread = document.path().hashCode() * SPREAD;
    return (spread >>> (Integer.SIZE - BITS_OF_SIZE)) == 0;
  }

  private Delivery readPieces(ByteBuffer in) throws IOException {
    if (!in.hasRemaining() || in.get() != FORMAT) {
      throw new IOException("its format is unknown");
    }
    Head head = BundleWire.decode("delivery", next(in), DeliveryCodec::readHead);
    Map<ByteBuffer, List<RuleDocument>> now = new HashMap<>();
    List<RuleDocument> documents = new ArrayList<>();
    for (int i = 0; i < head.pieces; i++) {
      ByteBuffer packed = next(in);
      List<RuleDocument> known = read.get(packed);
      List<RuleDocument> piece =
          known == null
              ? BundleWire.decode(
                  "delivery", packed, (format, data) -> BundleWire.readDocuments(data))
              : known;
      // With the new bytes as key, so that the old ones can go.
      now.put(packed, piece);
      documents.addAll(piece);
    }
    if (in.hasRemaining()) {
      throw new IOException("there are bytes behind its end");
    }
    read = now;
    return new Delivery(
        new RuleBundle(documents, head.version), head.parts, head.publishedAt, head.removalMeant);
  }

  private static ByteBuffer next(ByteBuffer in) throws IOException {
    int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new IOException("it ends too early");
    }
    ByteBuffer piece = in.slice(in.position(), length);
    in.position(in.position() + length);
    return piece;
  }

  private record Head(
      int pieces,
      String version,
      List<Part> parts,
      @Nullable Instant publishedAt,
      boolean removalMeant) {}

  private static void writeHead(DataOutputStream out, Delivery delivery, int pieces)
      throws IOException {
    out.writeInt(pieces);
    BundleWire.writeText(out, delivery.bundle().version());
    writeSource(out, delivery);
  }

  private static Head readHead(int format, DataInputStream in) throws IOException {
    int pieces = BundleWire.readCount(in, "pieces");
    String version = BundleWire.readText(in);
    Delivery source = readSource(in);
    return new Head(pieces, version, source.parts(), source.publishedAt(), source.removalMeant());
  }

  private static Delivery readOlder(int format, DataInputStream in) throws IOException {
    return switch (format) {
      case FORMAT_WITHOUT_SOURCE -> Delivery.of(new RuleBundle(BundleWire.readDocuments(in)));
      case FORMAT_IN_ONE_PIECE -> {
        Delivery source = readSource(in);
        yield source.with(new RuleBundle(BundleWire.readDocuments(in)));
      }
      default ->
          throw new IllegalArgumentException(
              "delivery format must be 1 to %d, was %d".formatted(FORMAT, format));
    };
  }

  /** Writes all but the documents. */
  static void writeSource(DataOutputStream out, Delivery delivery) throws IOException {
    out.writeBoolean(delivery.removalMeant());
    Instant publishedAt = delivery.publishedAt();
    out.writeBoolean(publishedAt != null);
    if (publishedAt != null) {
      out.writeLong(publishedAt.getEpochSecond());
      out.writeInt(publishedAt.getNano());
    }
    out.writeInt(delivery.parts().size());
    for (Part part : delivery.parts()) {
      BundleWire.writeText(out, part.name());
      BundleWire.writeText(out, part.version());
      out.writeBoolean(part.revision() != null);
      if (part.revision() != null) {
        BundleWire.writeText(out, part.revision());
      }
    }
  }

  /** A delivery of no documents. */
  private static Delivery readSource(DataInputStream in) throws IOException {
    boolean removalMeant = in.readBoolean();
    Instant publishedAt = in.readBoolean() ? readTime(in) : null;
    int count = BundleWire.readCount(in, "parts");
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = BundleWire.readText(in);
      String version = BundleWire.readText(in);
      parts.add(new Part(name, version, in.readBoolean() ? BundleWire.readText(in) : null));
    }
    return new Delivery(new RuleBundle(List.of()), parts, publishedAt, removalMeant);
  }

  private static Instant readTime(DataInputStream in) throws IOException {
    try {
      return Instant.ofEpochSecond(in.readLong(), in.readInt());
    } catch (DateTimeException e) {
      throw new IOException("it was published at no time", e);
    }
  }
}
