package dev.lockstep.sigma;

/** Ends the reading of a YAML stream at a fault behind which nothing can be understood. */
final class YamlFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Position position;

  YamlFault(Position position, String message) {
    super(message);
    this.position = position;
  }

  Position position() {
    return position;
  }
}
