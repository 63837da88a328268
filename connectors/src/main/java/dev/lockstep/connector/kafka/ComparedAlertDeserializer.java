package dev.lockstep.connector.kafka;

import static java.util.Objects.requireNonNull;

import dev.lockstep.alert.Lane;
import dev.lockstep.connector.wire.ComparedAlert;
import dev.lockstep.parity.AlertCopy;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads copies of alerts; what is none is counted, said the first time, and passed over. */
final class ComparedAlertDeserializer implements KafkaRecordDeserializationSchema<ComparedAlert> {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ComparedAlertDeserializer.class);

  private final String liveTopic;
  private transient @Nullable Counter unreadable;

  ComparedAlertDeserializer(String liveTopic) {
    this.liveTopic = liveTopic;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    unreadable = context.getMetricGroup().counter("parityUnreadable");
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ComparedAlert> out) {
    Lane lane = record.topic().equals(liveTopic) ? Lane.LIVE : Lane.SHADOW;
    try {
      out.collect(alert(lane.wireName(), record.value()));
    } catch (IllegalArgumentException e) {
      Counter counter = requireNonNull(unreadable, "open was not called");
      if (counter.getCount() == 0) {
        LOG.warn(
            "{}/{}/{} is passed over, and so are others that are counted (parityUnreadable): {}",
            record.topic(),
            record.partition(),
            record.offset(),
            e.getMessage());
      }
      counter.inc();
    }
  }

  static ComparedAlert alert(String lane, byte @Nullable [] json) {
    if (json == null) {
      throw new IllegalArgumentException("not an alert: it has no value");
    }
    AlertCopy copy = AlertCopy.read(lane, 1, json);
    ComparedAlert alert = new ComparedAlert();
    alert.alertId = copy.alertId();
    alert.customer = copy.customer();
    alert.engine = copy.engine();
    alert.ruleId = copy.ruleId();
    alert.lane = lane;
    alert.bundle = copy.bundle();
    alert.flags = copy.flags();
    alert.occurredAtMillis = copy.occurredAt().toEpochMilli();
    alert.rescued = copy.isRescued();
    alert.json = json;
    return alert;
  }

  @Override
  public TypeInformation<ComparedAlert> getProducedType() {
    return TypeInformation.of(ComparedAlert.class);
  }
}
