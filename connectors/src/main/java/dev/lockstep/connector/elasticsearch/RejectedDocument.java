package dev.lockstep.connector.elasticsearch;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What will never be in Elasticsearch as it is.
 *
 * @param <T> what documents are made of
 * @param index the index that it was meant for; null if the input makes no document
 * @param id the id of its document; null if the input makes no document
 * @param customer whose it is; null if nobody knows
 * @param input the input as it came, so that it can be sent through the same sink again
 * @param status Elasticsearch's HTTP status for it, or 0 if it was never sent
 * @param reason why, in words
 */
public record RejectedDocument<T>(
    @Nullable String index,
    @Nullable String id,
    @Nullable String customer,
    T input,
    int status,
    String reason) {
  public RejectedDocument {
    requireNonNull(input, "input is null");
    requireNonNull(reason, "reason is null");
  }

  /** Returns input that could not even be sent. */
  static <T> RejectedDocument<T> unsent(@Nullable String customer, T input, String reason) {
    return new RejectedDocument<>(/* index= */ null, /* id= */ null, customer, input, 0, reason);
  }
}
