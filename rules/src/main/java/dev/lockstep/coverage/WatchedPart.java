package dev.lockstep.coverage;

import dev.lockstep.sigma.Position;
import dev.lockstep.sigma.WrittenPart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers which answers a part has given. */
final class WatchedPart {
  private final @Nullable WrittenPart written;
  private final Position position;
  private final List<WatchedPart> parts;
  private boolean seenTrue;
  private boolean seenFalse;

  private WatchedPart(@Nullable WrittenPart written, Position position, List<WatchedPart> parts) {
    this.written = written;
    this.position = position;
    this.parts = parts;
  }

  static WatchedPart of(WrittenPart written) {
    return new WatchedPart(
        written, written.position(), written.parts().stream().map(WatchedPart::of).toList());
  }

  static WatchedPart whole(Position position) {
    return new WatchedPart(null, position, List.of());
  }

  @Nullable WrittenPart written() {
    return written;
  }

  List<WatchedPart> parts() {
    return parts;
  }

  void saw(boolean answer) {
    seenTrue |= answer;
    seenFalse |= !answer;
  }

  CoveredPart soFar() {
    return new CoveredPart(
        written, position, seenTrue, seenFalse, parts.stream().map(WatchedPart::soFar).toList());
  }
}
