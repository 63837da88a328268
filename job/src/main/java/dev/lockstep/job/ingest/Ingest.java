package dev.lockstep.job.ingest;

import static java.util.stream.Collectors.joining;

import dev.lockstep.connector.files.FilesSource;
import dev.lockstep.connector.files.PathPattern;
import dev.lockstep.connector.kafka.KafkaEvents;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.connector.wire.DecodedRecord;
import dev.lockstep.connector.wire.EventRecord;
import dev.lockstep.connector.wire.NetworkType;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.time.SourceAlignment;
import java.time.Instant;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/** The first stage: events from Kafka and files, keyed by customer and stripe. */
public final class Ingest {

  private final LockstepConfig config;
  private final OutputTag<DeadLetterRecord> deadLetterTag;

  public Ingest(LockstepConfig config, OutputTag<DeadLetterRecord> deadLetterTag) {
    this.config = config;
    this.deadLetterTag = deadLetterTag;
  }

  /**
   * What came of records.
   *
   * @param deadLetters of records that are no events
   */
  public record Read(DataStream<EventRecord> events, DataStream<DeadLetterRecord> deadLetters) {

    private Read and(Read other) {
      return new Read(events.union(other.events), deadLetters.union(other.deadLetters));
    }
  }

  /** Returns the events of the topic, and of files where there are sources of files. */
  public Read events(StreamExecutionEnvironment env) {
    LockstepConfig.Events events = config.events();
    Read ofTopic =
        read(
            decoded(
                env.fromSource(
                        KafkaEvents.source(
                            config.kafka(), events.topic(), events.layout(), events.from()),
                        SourceAlignment.ofEvents(EventTimestamps.watermarks(events)),
                        "Events from Kafka")
                    .uid("events")
                    .setDescription("Events: topic " + events.topic()),
                "decode",
                "Decode"));
    return config.files().sources().isEmpty() ? ofTopic : ofTopic.and(files(env));
  }

  private Read files(StreamExecutionEnvironment env) {
    return read(
        decoded(
            env.fromSource(
                    new FilesSource(config.files().sources(), config.files().limits()),
                    SourceAlignment.ofEvents(
                        EventTimestamps.ofFiles(config.events(), config.files())),
                    "Events from files")
                .uid("files")
                .setDescription("Events: files " + paths(config)),
            "decode-files",
            "Decode files"));
  }

  private Read read(SingleOutputStreamOperator<EventRecord> decoded) {
    return new Read(decoded, decoded.getSideOutput(deadLetterTag));
  }

  /**
   * Returns the same records for the event index: read for themselves, so that nothing that waits
   * for Elasticsearch holds back judgement, and without event time, which nothing there needs.
   */
  public static DataStream<DecodedRecord> recordsToIndex(
      StreamExecutionEnvironment env, LockstepConfig config) {
    LockstepConfig.Events events = config.events();
    DataStream<DecodedRecord> ofTopic =
        env.fromSource(
                KafkaEvents.toIndex(
                    config.kafka(), events.topic(), events.layout(), config.eventIndex().from()),
                SourceAlignment.withoutTime(),
                "Events to index from Kafka")
            .uid("events-to-index")
            .setDescription("Events to index: topic " + events.topic());
    if (config.files().sources().isEmpty()) {
      return ofTopic;
    }
    return ofTopic.union(
        env.fromSource(
                new FilesSource(config.files().sources(), config.files().limits()),
                SourceAlignment.withoutTime(),
                "Events to index from files")
            .uid("files-to-index")
            .setDescription("Events to index: files " + paths(config)));
  }

  private static String paths(LockstepConfig config) {
    return config.files().sources().stream()
        .flatMap(source -> source.paths().stream())
        .map(PathPattern::toString)
        .collect(joining(", "));
  }

  /**
   * Returns the events whose records were written in that time, with an end; what is none is at the
   * side output of dead letters.
   */
  public SingleOutputStreamOperator<EventRecord> past(
      StreamExecutionEnvironment env, Instant from, Instant until) {
    LockstepConfig.Events events = config.events();
    return decoded(
        env.fromSource(
                KafkaEvents.past(config.kafka(), events.topic(), events.layout(), from, until),
                EventTimestamps.ofPast(events),
                "Past events from Kafka")
            .uid("events")
            .setDescription(
                "Past events: topic " + events.topic() + " from " + from + " to " + until),
        "decode",
        "Decode");
  }

  private SingleOutputStreamOperator<EventRecord> decoded(
      DataStream<DecodedRecord> records, String uid, String name) {
    return records
        .process(new SeparateDeadLetters(config.engine(), deadLetterTag))
        .returns(NetworkType.EVENTS)
        .uid(uid)
        .name(name)
        .setDescription(name + ": one event or dead letter for each record");
  }

  /** Returns the events by customer and stripe. */
  public KeyedStream<EventRecord, String> keyed(DataStream<EventRecord> events) {
    return events.keyBy(new Stripes(config.events().stripes()));
  }
}
