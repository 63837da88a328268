package dev.lockstep.job.detect;

import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.job.config.LockstepConfig;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The stage of suppression: rules that say how often they alert are taken at their word. */
public final class Suppress {

  private final LockstepConfig config;

  public Suppress(LockstepConfig config) {
    this.config = config;
  }

  /** Returns the alerts that are sent. */
  public DataStream<AlertRecord> limited(DataStream<AlertRecord> alerts) {
    DataStream<AlertRecord> always =
        alerts.filter(alert -> alert.limit == null).uid("unlimited").name("Alerts without limit");
    return alerts
        .filter(alert -> alert.limit != null)
        .uid("limited")
        .name("Alerts with limit")
        .keyBy(alert -> alert.limit == null ? "" : alert.limit.key)
        .process(new SuppressFunction(config.engine()))
        .uid("suppress")
        .name("Suppress")
        .setDescription("Suppress: counts alerts beyond what their rules allow in a time")
        .union(always);
  }
}
