package dev.lockstep.job.state;

import dev.lockstep.statistics.Counts;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** Counts by the hour, and what operators under test have told of them. */
public final class HourlyCounts {

  public static final OutputTag<CustomerCounts> TAG =
      new OutputTag<>("counts", TypeInformation.of(CustomerCounts.class));

  public static final Counting COUNTING = new Counting(TAG, Duration.ofHours(1).toMillis());

  private static final int ALL = Integer.MAX_VALUE;

  private HourlyCounts() {}

  /** Returns the sum of what was told of a customer and the hour that begins then. */
  public static Counts sum(List<CustomerCounts> told, String customer, long fromMillis) {
    Counts sum = new Counts();
    for (CustomerCounts each : told) {
      if (each.customer.equals(customer) && each.fromMillis == fromMillis) {
        sum.addAll(each.counts(), ALL);
      }
    }
    return sum;
  }
}
