package dev.lockstep.job.state;

import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * An output that is never idle. Who is downstream of several subtasks would not wait for one that
 * was idle and has not told yet that it is not: when events come again after a pause, event time
 * would pass what that subtask is about to send.
 */
final class SteadyOutput<OUT> implements Output<StreamRecord<OUT>> {
  private final Output<StreamRecord<OUT>> output;

  SteadyOutput(Output<StreamRecord<OUT>> output) {
    this.output = output;
  }

  @Override
  public void emitWatermarkStatus(WatermarkStatus status) {
    if (status.isActive()) {
      output.emitWatermarkStatus(status);
    }
  }

  @Override
  public void emitWatermark(Watermark mark) {
    output.emitWatermark(mark);
  }

  @Override
  public <X> void collect(OutputTag<X> tag, StreamRecord<X> record) {
    output.collect(tag, record);
  }

  @Override
  public void collect(StreamRecord<OUT> record) {
    output.collect(record);
  }

  @Override
  public void emitLatencyMarker(LatencyMarker marker) {
    output.emitLatencyMarker(marker);
  }

  @Override
  public void emitRecordAttributes(RecordAttributes attributes) {
    output.emitRecordAttributes(attributes);
  }

  @Override
  public void close() {
    output.close();
  }
}
