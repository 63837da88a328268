package dev.lockstep.elastalert;

import dev.lockstep.sigma.Position;

/** A fault whose place in the file is known. */
final class PlacedFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Position position;
  private final String problem;

  PlacedFault(Position position, FilterFault fault) {
    super(fault);
    this.position = position;
    this.problem = fault.problem();
  }

  Position position() {
    return position;
  }

  String problem() {
    return problem;
  }
}
