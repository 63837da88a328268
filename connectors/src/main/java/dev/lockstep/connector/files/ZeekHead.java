package dev.lockstep.connector.files;

import java.util.List;

/**
 * What the first lines of a log of Zeek say.
 *
 * @param path which log it is, such as {@code conn}; empty if they do not say so
 * @param problem why nothing can be read by them, or empty
 */
record ZeekHead(
    String separator,
    String setSeparator,
    String emptyField,
    String unsetField,
    String path,
    List<String> fields,
    List<String> types,
    String problem) {

  static ZeekHead of(List<String> directives) {
    String separator = "\t";
    String setSeparator = ",";
    String emptyField = "(empty)";
    String unsetField = "-";
    String path = "";
    List<String> fields = List.of();
    List<String> types = List.of();
    for (String directive : directives) {
      if (directive.startsWith("#separator ")) {
        separator = ZeekText.unescaped(directive.substring("#separator ".length()));
        continue;
      }
      List<String> words =
          separator.isEmpty() ? List.of(directive) : ZeekText.split(directive, separator);
      String first = words.size() > 1 ? words.get(1) : "";
      switch (words.get(0)) {
        case "#set_separator" -> setSeparator = ZeekText.unescaped(first);
        case "#empty_field" -> emptyField = first;
        case "#unset_field" -> unsetField = first;
        case "#path" -> path = first;
        case "#fields" -> fields = words.subList(1, words.size());
        case "#types" -> types = words.subList(1, words.size());
        default -> {} // #open, #close and whatever else there is say nothing of the columns
      }
    }
    String problem = problem(separator, setSeparator, fields, types);
    return new ZeekHead(
        separator, setSeparator, emptyField, unsetField, path, fields, types, problem);
  }

  FileHead fileHead(List<String> directives) {
    return new FileHead(fields, directives, problem);
  }

  private static String problem(
      String separator, String setSeparator, List<String> fields, List<String> types) {
    if (separator.isEmpty() || setSeparator.isEmpty()) {
      return "the file's #separator or #set_separator is empty";
    }
    if (fields.isEmpty()) {
      return "the file does not begin with Zeek's lines up to #fields, which name the columns;"
          + " logs that Zeek writes as JSON have the format ndjson";
    }
    if (types.size() != fields.size()) {
      return "the file's #fields names %d columns, its #types %d"
          .formatted(fields.size(), types.size());
    }
    long different = fields.stream().distinct().count();
    return different == fields.size() ? "" : "the file's #fields names a column twice";
  }
}
