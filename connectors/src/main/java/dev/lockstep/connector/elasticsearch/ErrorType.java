package dev.lockstep.connector.elasticsearch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.elasticsearch.ElasticsearchException;
import org.jspecify.annotations.Nullable;

/** Elasticsearch's own name for an error; the client keeps it nowhere but in its message. */
final class ErrorType {

  private static final Pattern IN_MESSAGE =
      Pattern.compile("^Elasticsearch exception \\[type=([a-z0-9_]+),");

  private ErrorType() {}

  /** Returns for example {@code mapper_parsing_exception}, or an empty text. */
  static String of(@Nullable Throwable cause) {
    if (!(cause instanceof ElasticsearchException)) {
      return "";
    }
    Matcher type = IN_MESSAGE.matcher(String.valueOf(cause.getMessage()));
    return type.find() ? type.group(1) : "";
  }
}
