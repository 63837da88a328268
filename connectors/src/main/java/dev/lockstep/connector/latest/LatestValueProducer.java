package dev.lockstep.connector.latest;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of a {@link LatestValueSource} come from. It lives on the task, runs threads of
 * its own and outlives every outage of what it watches: the last value stays in force meanwhile.
 */
public interface LatestValueProducer<T> extends AutoCloseable {

  /**
   * Starts to produce and returns at once: the task's thread calls it, once.
   *
   * @param restored the last value before a restart, already on its way to the operators; null at
   *     the very first start
   * @param offer takes each value that differs from the one before; callable from any thread, never
   *     blocks
   */
  void start(@Nullable T restored, Consumer<T> offer);

  /** Ends all threads before it returns, as the class loader may go next. */
  @Override
  void close();
}
