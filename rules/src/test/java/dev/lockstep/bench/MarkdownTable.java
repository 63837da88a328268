package dev.lockstep.bench;

import java.util.List;

/** A table whose first columns are words and whose others are numbers. */
final class MarkdownTable {
  private final StringBuilder text = new StringBuilder();

  MarkdownTable(int columnsOfWords, List<String> columns) {
    row(columns);
    for (int i = 0; i < columns.size(); i++) {
      text.append(i < columnsOfWords ? "|---" : "|---:");
    }
    text.append("|\n");
  }

  void row(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
