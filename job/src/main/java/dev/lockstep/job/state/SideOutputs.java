package dev.lockstep.job.state;

import org.apache.flink.util.OutputTag;

/** The side outputs of an operator, whichever of its inputs it is working on. */
@FunctionalInterface
public interface SideOutputs {

  /** Emits {@code value} to the side output. */
  <T> void emit(OutputTag<T> tag, T value);
}
