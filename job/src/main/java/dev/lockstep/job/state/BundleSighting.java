package dev.lockstep.job.state;

/** That an engine held a bundle in a span of event time. A Flink POJO. */
public final class BundleSighting {
  /** Engine. */
  public String engine = "";

  /** Version of the bundle. */
  public String bundle = "";

  /** Number of the span. */
  public long span;

  public BundleSighting() {}

  public BundleSighting(String engine, String bundle, long span) {
    this.engine = engine;
    this.bundle = bundle;
    this.span = span;
  }

  /** The same for the same sighting. */
  public String key() {
    return span + "\n" + engine + "\n" + bundle;
  }
}
