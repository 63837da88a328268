package dev.lockstep.local.bench;

import dev.lockstep.content.RuleDocument;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What to measure, and on what.
 *
 * @param rules documents to judge by
 * @param ruleCounts how many of them: one load of each number
 * @param skews share of the biggest customer: one load of each
 * @param mappings as in the option {@code rules.mapping}
 * @param mix what the events are
 * @param events how many lie in the topic when a job begins to read it
 * @param warmUp how many of them are read before time is taken
 * @param stripes of the biggest customer, where it is bigger than the others
 * @param rounds how often each load is measured; the best counts
 * @param latencyFor for how long alerts are timed; zero leaves it out, and the restart
 * @param latencyShare at what share of the peak, 0 to 1
 * @param elasticsearch whether to measure the index job, too
 * @param flinkOptions options of Flink that win over those of the bench
 */
public record BenchSettings(
    List<RuleDocument> rules,
    List<Integer> ruleCounts,
    List<Double> skews,
    List<String> mappings,
    EventMix mix,
    int events,
    int warmUp,
    int customers,
    int stripes,
    long seed,
    int parallelism,
    int rounds,
    Duration checkpointInterval,
    Duration latencyFor,
    double latencyShare,
    boolean elasticsearch,
    Map<String, String> flinkOptions) {

  public BenchSettings {
    rules = List.copyOf(rules);
    ruleCounts = List.copyOf(ruleCounts);
    skews = List.copyOf(skews);
    mappings = List.copyOf(mappings);
    flinkOptions = Map.copyOf(flinkOptions);
    require(
        !ruleCounts.isEmpty() && ruleCounts.stream().allMatch(count -> count > 0),
        "rule counts must be 1 or more");
    require(!skews.isEmpty(), "there must be one skew or more");
    require(warmUp >= 0 && events > warmUp, "there must be more events than warm up");
    require(parallelism > 0, "parallelism must be at least 1");
    require(stripes > 0, "stripes must be at least 1");
    require(rounds > 0, "rounds must be at least 1");
    require(latencyShare > 0 && latencyShare <= 1, "the share of the peak must be above 0, to 1");
    require(
        !checkpointInterval.isNegative() && !checkpointInterval.isZero(),
        "the checkpoint interval must be positive");
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
