package dev.lockstep.job.statistics;

import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.state.CustomerCounts;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The stage of statistics: what subtasks have counted in, records by customer and period out.
 *
 * <p>Its uid carries the engine's name: an engine that starts from another's savepoint has not done
 * what the other one did.
 */
public final class Statistics {

  private final LockstepConfig config;

  public Statistics(LockstepConfig config) {
    this.config = config;
  }

  /** Returns what is counted of dead letters. */
  public DataStream<CustomerCounts> ofLetters(DataStream<DeadLetterRecord> letters) {
    return letters
        .transform(
            "Count dead letters",
            TypeInformation.of(CustomerCounts.class),
            new CountLetters(config.statistics().periodMillis()))
        .uid("count-letters");
  }

  /**
   * Returns the statistics, for the topic of the engine's status. Event time has come there to
   * where all stages are.
   */
  public SingleOutputStreamOperator<StatusRecord> told(DataStream<CustomerCounts> counts) {
    return counts
        .keyBy(counted -> counted.customer)
        .process(
            new StatisticsFunction(
                config.engine(), config.statistics(), config.events().lateness().allowed()))
        .uid("statistics-" + config.engine())
        .name("Statistics")
        .setDescription("Statistics: what was counted, by customer and period of event time");
  }
}
