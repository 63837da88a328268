package dev.lockstep.cli.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table that is read by row on a narrow screen, where each cell says its column. The roles are
 * said in full, as a browser forgets them when a table is laid out otherwise.
 */
final class Table {

  private final Html html;
  private final String look;
  private final List<String> columns = new ArrayList<>();
  private final List<Boolean> numbers = new ArrayList<>();
  private int column;
  private boolean inRow;

  Table(Html html, String look) {
    this.html = html;
    this.look = look;
  }

  Table column(String name) {
    columns.add(name);
    numbers.add(false);
    return this;
  }

  Table number(String name) {
    columns.add(name);
    numbers.add(true);
    return this;
  }

  /** Begins the table; the caption is for those who cannot see what is around it. */
  Table begin(String caption) {
    html.raw("<table role=\"table\" class=\"" + look + "\"><caption class=\"hidden\">")
        .text(caption)
        .raw("</caption><thead role=\"rowgroup\"><tr role=\"row\">");
    for (int i = 0; i < columns.size(); i++) {
      html.raw(
              "<th role=\"columnheader\" scope=\"col\"%s>"
                  .formatted(numbers.get(i) ? " class=\"number\"" : ""))
          .text(columns.get(i))
          .raw("</th>");
    }
    html.raw("</tr></thead><tbody role=\"rowgroup\">");
    return this;
  }

  Table row() {
    endRow();
    inRow = true;
    column = 0;
    html.raw("<tr role=\"row\">");
    return this;
  }

  /** The cell that names the row. */
  Table head(String text) {
    html.raw("<th role=\"rowheader\" scope=\"row\">").text(text).raw("</th>");
    column++;
    return this;
  }

  Table cell(String text) {
    open().text(text).raw("</td>");
    return this;
  }

  /** Begins a cell that the caller fills and closes by {@code </td>}. */
  Html open() {
    String kind = numbers.get(column) ? " class=\"number\"" : "";
    html.raw("<td role=\"cell\"" + kind + " data-column=\"").text(columns.get(column)).raw("\">");
    column++;
    return html;
  }

  /** Begins the cell that names the row; the caller fills it and closes it by {@code </th>}. */
  Html openHead() {
    column++;
    return html.raw("<th role=\"rowheader\" scope=\"row\">");
  }

  void end() {
    endRow();
    html.raw("</tbody></table>");
  }

  private void endRow() {
    if (inRow) {
      html.raw("</tr>");
    }
    inRow = false;
  }
}
