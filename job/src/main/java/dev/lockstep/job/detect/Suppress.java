package dev.lockstep.job.detect;

import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.NetworkType;
import dev.lockstep.job.config.LockstepConfig;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The stage of suppression: rules that say how often they alert are taken at their word. */
public final class Suppress {

  private final LockstepConfig config;

  public Suppress(LockstepConfig config) {
    this.config = config;
  }

  /**
   * Returns the alerts that are sent. Of each place they come from they are parted there, in its
   * own chain, so that they cross from task to task once and not twice.
   */
  public DataStream<AlertRecord> limited(List<DataStream<AlertRecord>> places) {
    List<DataStream<AlertRecord>> always = new ArrayList<>();
    List<DataStream<AlertRecord>> atMost = new ArrayList<>();
    for (int from = 0; from < places.size(); from++) {
      DataStream<AlertRecord> alerts = places.get(from);
      always.add(
          alerts
              .filter(alert -> alert.limit == null)
              .uid("unlimited-" + from)
              .name("Alerts without limit"));
      atMost.add(
          alerts
              .filter(alert -> alert.limit != null)
              .uid("limited-" + from)
              .name("Alerts with limit"));
    }
    return union(atMost)
        .keyBy(alert -> alert.limit == null ? "" : alert.limit.key)
        .process(new SuppressFunction(config.engine()))
        .uid("suppress")
        .name("Suppress")
        .setDescription("Suppress: counts alerts beyond what their rules allow in a time")
        .returns(NetworkType.ALERTS)
        .union(union(always));
  }

  private static DataStream<AlertRecord> union(List<DataStream<AlertRecord>> streams) {
    return streams.stream()
        .reduce((some, more) -> some.union(more))
        .orElseThrow(() -> new IllegalArgumentException("alerts come from nowhere"));
  }
}
