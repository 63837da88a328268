package dev.lockstep.job.detect;

import static java.util.Objects.requireNonNull;

import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.NetworkType;
import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.correlation.CorrelationLinks;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.state.ControlUpdate;
import dev.lockstep.job.state.ControlledOperator;
import dev.lockstep.job.state.Counting;
import dev.lockstep.job.state.CustomerCounts;
import dev.lockstep.job.state.GroupOccurrences;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * The stage of correlation: occurrences in, alerts out, their lane still open. Correlations that
 * are built on others come one operator later: event time passes through the operators in turn, so
 * what one finds is never late for the next.
 */
public final class Correlate {

  private final LockstepConfig config;
  private final OutputTag<GroupOccurrences> occurrenceTag;
  private final OutputTag<DeadLetterRecord> deadLetterTag;
  private final OutputTag<StatusRecord> statusTag;
  private final Counting counting;

  public Correlate(
      LockstepConfig config,
      OutputTag<GroupOccurrences> occurrenceTag,
      OutputTag<DeadLetterRecord> deadLetterTag,
      OutputTag<StatusRecord> statusTag,
      Counting counting) {
    this.config = config;
    this.occurrenceTag = occurrenceTag;
    this.deadLetterTag = deadLetterTag;
    this.statusTag = statusTag;
    this.counting = counting;
  }

  /**
   * What comes of correlation.
   *
   * @param alerts of each stage
   * @param deadLetters what came too late
   * @param ruleStatus of correlations that keep no more
   * @param counts what was found, for statistics
   */
  public record Found(
      List<DataStream<AlertRecord>> alerts,
      DataStream<DeadLetterRecord> deadLetters,
      DataStream<StatusRecord> ruleStatus,
      DataStream<CustomerCounts> counts) {

    /** Returns the places that alerts come from, with that of what single events raise. */
    public List<DataStream<AlertRecord>> and(DataStream<AlertRecord> ofEvents) {
      return Stream.concat(Stream.of(ofEvents), alerts.stream()).toList();
    }
  }

  /**
   * Returns what the correlations in force find.
   *
   * @param control with the correlations in force
   */
  public Found found(DataStream<GroupOccurrences> occurrences, DataStream<ControlUpdate> control) {
    List<DataStream<GroupOccurrences>> places = new ArrayList<>(List.of(occurrences));
    Found found = null;
    for (int stage = 1; stage <= CorrelationLinks.STAGES; stage++) {
      SingleOutputStreamOperator<AlertRecord> alerts =
          correlated(gathered(places, stage), control, stage);
      places.add(alerts.getSideOutput(occurrenceTag));
      Found own =
          new Found(
              List.of(alerts),
              alerts.getSideOutput(deadLetterTag),
              alerts.getSideOutput(statusTag),
              alerts.getSideOutput(counting.tag()));
      found = found == null ? own : and(found, own);
    }
    return requireNonNull(found, "there is a stage");
  }

  private static Found and(Found some, Found more) {
    return new Found(
        Stream.concat(some.alerts.stream(), more.alerts.stream()).toList(),
        some.deadLetters.union(more.deadLetters),
        some.ruleStatus.union(more.ruleStatus),
        some.counts.union(more.counts));
  }

  private static DataStream<GroupOccurrences> gathered(
      List<DataStream<GroupOccurrences>> places, int stage) {
    DataStream<GroupOccurrences> all = null;
    for (int from = 0; from < places.size(); from++) {
      DataStream<GroupOccurrences> some =
          places
              .get(from)
              .transform(
                  "Gather for " + stage,
                  TypeInformation.of(GroupOccurrences.class),
                  new GatherOccurrences(stage))
              .uid("gather-" + from + "-" + stage)
              .setDescription("Gather what stage %d correlates, by group".formatted(stage));
      all = all == null ? some : all.union(some);
    }
    return requireNonNull(all, "there is a place");
  }

  private SingleOutputStreamOperator<AlertRecord> correlated(
      DataStream<GroupOccurrences> occurrences, DataStream<ControlUpdate> control, int stage) {
    return ControlledOperator.connect(
            "Correlate " + stage,
            occurrences.keyBy(found -> found.group),
            control,
            new CorrelateFunction(
                config.engine(),
                config.rules().limits().keptPerGroup(),
                occurrenceTag,
                deadLetterTag,
                statusTag,
                counting),
            NetworkType.ALERTS)
        .uid("correlate-" + stage)
        .setDescription(
            "Correlate %d: correlations of %s"
                .formatted(stage, stage == 1 ? "rules" : "correlations of stage " + (stage - 1)));
  }
}
