package dev.lockstep.connector.content;

import static java.util.Comparator.comparing;

import dev.lockstep.connector.latest.KeyedPieces;
import dev.lockstep.content.BundleManifest;
import dev.lockstep.content.Delivery;
import dev.lockstep.content.DeliveryCodec;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Bundles that come one by one, the newest of each name in force as if all lay in one folder. The
 * shards of a bundle are taken all or not at all; of a bundle and its shards, or shards of another
 * number, the newest that is complete counts.
 */
public final class BundlesByName implements KeyedPieces {

  private static final Pattern SHARD = Pattern.compile("-\\d+-of-\\d+$");

  private Map<String, Piece> pieces = new HashMap<>();
  private Map<String, Piece> earlier = new HashMap<>();
  private final DeliveryCodec codec = new DeliveryCodec();
  private final Set<String> unreadable = new HashSet<>();
  private boolean toldToTheEnd;
  private @Nullable Delivery last;
  private @Nullable Instant newest;

  /** Starts from an encoded {@link Delivery}, or from none. */
  public BundlesByName(byte @Nullable [] restored) {
    this.last = restored == null ? null : codec.decode(restored);
  }

  private record Piece(BundleArchive archive, Instant at) {
    BundleManifest manifest() {
      return archive.manifest();
    }

    /** Pieces of equal sets may go together. */
    String set() {
      String piece = manifest().shard() == null ? "" : " in " + manifest().shard().count();
      return manifest().wholeVersion() + piece;
    }
  }

  @Override
  public void begin() {
    // What was told only in part knows less than what was known before.
    if (toldToTheEnd) {
      earlier = pieces;
      toldToTheEnd = false;
    }
    pieces = new HashMap<>();
    unreadable.clear();
    newest = null;
  }

  @Override
  public void put(String key, byte[] piece, Instant at) throws IOException {
    try {
      BundleArchive archive = BundleArchive.decode(piece, new KnownDocuments(last));
      String name = archive.manifest().pieceName();
      if (!name.equals(key)) {
        throw new IOException("its key must be %s, as its manifest says".formatted(name));
      }
      pieces.put(key, new Piece(archive, at));
      unreadable.remove(key);
      note(at);
    } catch (IOException e) {
      Piece good = earlier.get(key);
      if (good != null) {
        pieces.putIfAbsent(key, good);
      }
      unreadable.add(key);
      throw e;
    }
  }

  @Override
  public void remove(String key, Instant at) {
    pieces.remove(key);
    earlier.remove(key);
    unreadable.remove(key);
    note(at);
  }

  private void note(Instant at) {
    newest = newest == null || at.isAfter(newest) ? at : newest;
  }

  @Override
  public byte @Nullable [] change() throws IOException {
    toldToTheEnd = true;
    refuseToForgetWhatIsInForce();
    if (pieces.isEmpty()) {
      throw new IOException("there is no bundle in it");
    }
    Map<String, List<Piece>> byName = new TreeMap<>();
    for (Piece piece : pieces.values()) {
      byName.computeIfAbsent(piece.manifest().name(), name -> new ArrayList<>()).add(piece);
    }
    List<BundleArchive> chosen = new ArrayList<>();
    byName.values().forEach(named -> chosen.addAll(newestComplete(named)));
    Delivery delivery = ArchiveUnion.of(chosen, List.of(), newest);
    if (delivery.bringsWhat(last)) {
      return null;
    }
    last = delivery;
    return codec.encode(delivery);
  }

  /**
   * A bundle whose record cannot be read was in force before a restart: it is not removed by it.
   */
  private void refuseToForgetWhatIsInForce() throws IOException {
    for (String key : unreadable) {
      String name = SHARD.matcher(key).replaceFirst("");
      if (!pieces.containsKey(key)
          && last != null
          && last.parts().stream()
              .anyMatch(part -> part.name().equals(key) || part.name().equals(name))) {
        throw new IOException(
            "the bundle %s is in force and cannot be read any more".formatted(key));
      }
    }
  }

  /** What is complete; else all, which will be refused with the reason. */
  private static List<BundleArchive> newestComplete(List<Piece> named) {
    Map<String, List<Piece>> sets = new HashMap<>();
    named.forEach(piece -> sets.computeIfAbsent(piece.set(), set -> new ArrayList<>()).add(piece));
    Optional<List<Piece>> newest =
        sets.values().stream()
            .filter(set -> ArchiveUnion.isWhole(archives(set)))
            .max(comparing(BundlesByName::newestOf));
    return archives(newest.orElse(named));
  }

  private static Instant newestOf(List<Piece> set) {
    return set.stream().map(Piece::at).max(Comparator.naturalOrder()).orElse(Instant.MIN);
  }

  private static List<BundleArchive> archives(List<Piece> pieces) {
    return pieces.stream().map(Piece::archive).toList();
  }
}
