package dev.lockstep.job.config;

import java.time.Duration;

/** From options to what is counted of customers. */
final class StatisticsOptions {

  private static final int MOST_PERIODS = 1000;
  private static final int MOST_RULES = 500;

  private StatisticsOptions() {}

  static LockstepConfig.Statistics statistics(TypedOptions options) {
    Duration period = options.get(LockstepOptions.STATISTICS_PERIOD, StatisticsOptions::period);
    Duration kept = options.get(LockstepOptions.STATISTICS_KEPT, OptionChecks::positive);
    // Begun ones count: what is kept is kept at least so long.
    long periods = (kept.toMillis() + period.toMillis() - 1) / period.toMillis();
    if (periods > MOST_PERIODS) {
      options.problem(
          LockstepOptions.STATISTICS_KEPT,
          "must be at most %d times statistics.period, was %d times"
              .formatted(MOST_PERIODS, periods));
    }
    return new LockstepConfig.Statistics(
        period.toMillis(),
        (int) Math.min(periods, MOST_PERIODS),
        options.get(LockstepOptions.STATISTICS_MAX_RULES, StatisticsOptions::rules),
        options.get(LockstepOptions.STATISTICS_MAX_CUSTOMERS, OptionChecks::positive));
  }

  /** Periods of all engines begin at the same moments, and people think in whole hours. */
  private static Duration period(Duration period) {
    long millis = period.toMillis();
    long hour = Duration.ofHours(1).toMillis();
    if (millis < 1000 || millis > hour || hour % millis != 0) {
      throw new IllegalArgumentException(
          "must be an hour or divide it into equal parts of at least a second, was '"
              + millis
              + " ms'");
    }
    return period;
  }

  private static int rules(int number) {
    if (number < 1 || number > MOST_RULES) {
      throw new IllegalArgumentException(
          "must be between 1 and " + MOST_RULES + ", was '" + number + "'");
    }
    return number;
  }
}
