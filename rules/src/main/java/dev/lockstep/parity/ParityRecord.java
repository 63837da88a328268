package dev.lockstep.parity;

/**
 * A record of the topic {@code parity}: a {@link VerdictRecord} or a {@link SummaryRecord}.
 *
 * <p>Records are written in transactions: who reads committed records only sees each once. A job
 * that is started without its state reads, judges and writes again, so a reader combines them as
 * each of the two says; it then gets the same whether it sees a record once or several times.
 */
public sealed interface ParityRecord permits VerdictRecord, SummaryRecord {

  /** Customer id, which is the record's key in Kafka. */
  String customer();
}
