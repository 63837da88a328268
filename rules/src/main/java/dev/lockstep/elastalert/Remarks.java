package dev.lockstep.elastalert;

import dev.lockstep.elastalert.Remark.Kind;
import dev.lockstep.sigma.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what there is to say of one file, within bounds. */
final class Remarks {
  private static final int MAX_REMARKS = 300;
  private static final int MAX_LENGTH = 500;

  private final String file;
  private final List<Remark> kept = new ArrayList<>();
  private Kind worstOmitted = Kind.NOTE;
  private int omitted;
  private boolean refused;

  Remarks(String file) {
    this.file = file;
  }

  void refuse(Position position, String setting, String message) {
    add(Kind.REFUSED, position, setting, message);
  }

  void lose(Position position, String setting, String message) {
    add(Kind.LOST, position, setting, message);
  }

  void note(Position position, String setting, String message) {
    add(Kind.NOTE, position, setting, message);
  }

  boolean isRefused() {
    return refused;
  }

  /** In order of their places, and one more if some were omitted. */
  List<Remark> all() {
    List<Remark> all = new ArrayList<>(kept);
    all.sort(Comparator.comparingInt(Remark::line).thenComparingInt(Remark::column));
    if (omitted > 0) {
      all.add(new Remark(worstOmitted, file, 1, 1, "", "and " + omitted + " more"));
    }
    return List.copyOf(all);
  }

  private void add(Kind kind, Position position, String setting, String message) {
    refused |= kind == Kind.REFUSED;
    Remark remark =
        new Remark(kind, file, position.line(), position.column(), cut(setting), cut(message));
    if (kept.contains(remark)) {
      return;
    }
    if (kept.size() < MAX_REMARKS) {
      kept.add(remark);
    } else {
      worstOmitted = kind.compareTo(worstOmitted) < 0 ? kind : worstOmitted;
      omitted++;
    }
  }

  private static String cut(String text) {
    if (text.length() <= MAX_LENGTH) {
      return text;
    }
    boolean halves = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1));
    return text.substring(0, MAX_LENGTH - (halves ? 1 : 0)) + "…";
  }
}
