package dev.lockstep.cli;

import org.jspecify.annotations.Nullable;

/**
 * A line of an explanation.
 *
 * @param verdict null where the line is a remark on others
 * @param note what is shown beside, aligned with the notes of the other lines; may be empty
 * @param hint whether the note, or the label of a line without verdict, is a hint
 */
record TreeLine(int depth, @Nullable Boolean verdict, String label, String note, boolean hint) {

  /** How far the label reaches. */
  int width() {
    return 2 * depth + 2 + label.codePointCount(0, label.length());
  }
}
