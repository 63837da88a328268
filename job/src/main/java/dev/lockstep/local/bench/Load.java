package dev.lockstep.local.bench;

import java.util.function.Consumer;

/** A job that can be measured again and again, each time from the same state. */
interface Load {

  /** What it is called in results. */
  String name();

  /** Runs the job over all events of its topic. */
  Peak measure(BenchSystem system, BenchSettings settings, Consumer<String> progress)
      throws Exception;
}
