package dev.lockstep.job.savepoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a savepoint or checkpoint holds.
 *
 * @param path where it lies
 * @param checkpointId its number in the life of its job
 * @param savepoint whether it is a savepoint, which can be moved, or a checkpoint
 * @param job {@code detection}, {@code index} or {@code parity}; null if it is none of ours
 * @param engine the engine that it is of; null if nothing in it tells
 * @param operators those with state, in the order in which events pass them, unknown ones last
 * @param updates what the operators work under
 */
public record SavepointSummary(
    String path,
    long checkpointId,
    boolean savepoint,
    @Nullable String job,
    @Nullable String engine,
    List<Operator> operators,
    List<Update> updates) {

  public SavepointSummary {
    operators = List.copyOf(operators);
    updates = List.copyOf(updates);
  }

  /** Bytes of all its state. */
  public long bytes() {
    return operators.stream().mapToLong(Operator::bytes).sum();
  }

  /**
   * An operator with state.
   *
   * @param id Flink's hash of the uid, in hex digits
   * @param uid null if no operator of ours has this id
   * @param states the names of its states
   */
  public record Operator(
      String id,
      @Nullable String uid,
      int parallelism,
      int maxParallelism,
      long bytes,
      List<String> states) {

    public Operator {
      states = List.copyOf(states);
    }
  }

  /**
   * Rules, flags, customers or a quarantine in force.
   *
   * @param kind in small letters
   * @param sequence its number in the control stream
   * @param version of the bundle or flag set; empty if it has none
   * @param bytes of its payload
   */
  public record Update(String kind, long sequence, String version, long bytes) {}
}
