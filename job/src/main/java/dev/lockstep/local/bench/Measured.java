package dev.lockstep.local.bench;

import java.util.List;

/** What came of a measurement. */
record Measured(List<Figure> figures, List<Curve> curves) {

  Measured {
    figures = List.copyOf(figures);
    curves = List.copyOf(curves);
  }
}
