package dev.lockstep.job.index;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.connector.wire.EventToIndex;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.metrics.EngineMetrics;
import dev.lockstep.job.metrics.LabelledCounters;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Sends on the events of those customers whose events are indexed. Records that are no events are
 * counted alone: the detection job has made dead letters of them.
 */
final class ChooseEvents extends RichFlatMapFunction<DecodedRecord, EventToIndex> {

  private static final long serialVersionUID = 1L;

  // -- configuration
  private final String engine;
  private final Set<String> customers;

  // -- runtime
  private transient @Nullable Counts counts;

  ChooseEvents(String engine, Set<String> customers) {
    this.engine = engine;
    this.customers = Set.copyOf(customers);
  }

  @Override
  public void open(OpenContext context) {
    EngineMetrics metrics = new EngineMetrics(getRuntimeContext().getMetricGroup(), engine);
    counts =
        new Counts(
            metrics.counters("eventsToIndex", "customer"),
            metrics.counter("eventsLeftOut"),
            metrics.counter("recordsWithoutEvent"));
  }

  @Override
  public void flatMap(DecodedRecord record, Collector<EventToIndex> out) {
    Counts opened = requireNonNull(counts, "open was not called");
    EventRecord event = record.event;
    if (event == null) {
      opened.withoutEvent.inc();
    } else if (isChosen(event.customer)) {
      opened.toIndex.of(event.customer).inc();
      out.collect(EventToIndex.of(event));
    } else {
      opened.leftOut.inc();
    }
  }

  private boolean isChosen(String customer) {
    return customers.contains(LockstepConfig.EventIndex.ALL) || customers.contains(customer);
  }

  private record Counts(LabelledCounters toIndex, Counter leftOut, Counter withoutEvent) {}
}
