package dev.lockstep.sigma;

/**
 * A place in a text; line and column count from 1, columns in characters as an editor shows them.
 */
public record Position(int line, int column) {

  /** Where every text begins. */
  public static final Position START = new Position(1, 1);

  public Position {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException(
          "line and column must be at least 1, were " + line + ":" + column);
    }
  }

  Position plusColumns(int columns) {
    return new Position(line, column + columns);
  }
}
