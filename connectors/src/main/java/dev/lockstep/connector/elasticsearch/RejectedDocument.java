package dev.lockstep.connector.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.IndexRecord;
import org.jspecify.annotations.Nullable;

/**
 * An alert that will never be in Elasticsearch as it is.
 *
 * @param index the index that it was meant for; null if the input makes no document
 * @param id the alert's id; null if the input makes no document
 * @param customer the alert's customer; null if the input is no alert
 * @param input the input as it came, so that it can be sent through the same sink again
 * @param status Elasticsearch's HTTP status for it, or 0 if it was never sent
 * @param reason why, in words
 */
public record RejectedDocument(
    @Nullable String index,
    @Nullable String id,
    @Nullable String customer,
    IndexRecord input,
    int status,
    String reason) {
  public RejectedDocument {
    requireNonNull(input, "input is null");
    requireNonNull(reason, "reason is null");
  }

  /** Returns the input as text. */
  public String source() {
    return new String(input.json, UTF_8);
  }

  /** Returns input that could not even be sent. */
  static RejectedDocument unsent(@Nullable String customer, IndexRecord input, String reason) {
    return new RejectedDocument(/* index= */ null, /* id= */ null, customer, input, 0, reason);
  }
}
