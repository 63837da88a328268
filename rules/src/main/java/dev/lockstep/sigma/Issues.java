package dev.lockstep.sigma;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one file, so that its author sees everything at once. */
final class Issues {
  private final String file;
  private final List<Issue> reported = new ArrayList<>();

  Issues(String file) {
    this.file = file;
  }

  void report(Position position, String message) {
    reported.add(new Issue(file, position.line(), position.column(), message));
  }

  int count() {
    return reported.size();
  }

  List<Issue> reported() {
    return List.copyOf(reported);
  }
}
