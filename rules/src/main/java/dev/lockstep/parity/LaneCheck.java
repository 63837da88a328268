package dev.lockstep.parity;

import dev.lockstep.alert.Lane;
import java.util.List;
import java.util.Optional;

/** Does each copy lie in the lane that its flag set and its rule say? */
final class LaneCheck {

  private LaneCheck() {}

  /** Returns what is wrong with the first copy that does not, in words. */
  static Optional<String> fault(List<AlertCopy> copies) {
    return copies.stream().flatMap(copy -> fault(copy, copies).stream()).findFirst();
  }

  private static Optional<String> fault(AlertCopy copy, List<AlertCopy> all) {
    String stated = copy.statedLane();
    if (stated != null && !stated.equals(copy.lane())) {
      return Optional.of(
          "the copy of %s says that it is %s, and lies in %s"
              .formatted(copy.engine(), stated, copy.lane()));
    }
    if (copy.isLive() && copy.isShadowOnly()) {
      return Optional.of(copy.engine() + " sent it live, and its rule is of stage shadow");
    }
    // That an engine is off may be its ingress gate's word, which may have had other flags.
    String opposite = (copy.isLive() ? Lane.SHADOW : Lane.LIVE).wireName();
    return all.stream()
        .filter(witness -> witness.flags().equals(copy.flags()))
        .filter(witness -> witness.isShadowOnly() == copy.isShadowOnly())
        .filter(witness -> opposite.equals(witness.lanes().get(copy.engine())))
        .map(
            witness ->
                "%s sent it to %s; flag set %s says %s, as the copy of %s tells"
                    .formatted(
                        copy.engine(),
                        copy.lane(),
                        copy.flags(),
                        witness.lanes().get(copy.engine()),
                        witness.engine()))
        .findFirst();
  }
}
