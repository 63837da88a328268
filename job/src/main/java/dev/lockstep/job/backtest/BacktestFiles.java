package dev.lockstep.job.backtest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.connector.wire.AlertRecord;
import dev.lockstep.connector.wire.DeadLetterRecord;
import dev.lockstep.event.DeadLetterClass;
import dev.lockstep.job.state.CustomerCounts;
import dev.lockstep.statistics.CustomerStatistics;
import dev.lockstep.statistics.CustomerStatisticsJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Where the results of a backtest lie, a line each.
 *
 * @param folder of all of them
 */
public record BacktestFiles(Path folder) {

  /** What there is a folder of. */
  public enum Kind {
    /** JSON of alerts. */
    ALERTS,
    /** Parts of statistics, as JSON; they are to be added up. */
    COUNTS,
    /** Of failures of rules: the rule, a tab, and the reason. */
    FAULTS
  }

  /** Makes the folders. */
  public static BacktestFiles create(Path folder) throws IOException {
    BacktestFiles files = new BacktestFiles(folder);
    for (Kind kind : Kind.values()) {
      Files.createDirectories(files.folderOf(kind));
    }
    return files;
  }

  /** Returns the folder of one kind. */
  public Path folderOf(Kind kind) {
    return folder.resolve(kind.name());
  }

  /** Keeps alerts. */
  public void keepAlerts(DataStream<AlertRecord> alerts) {
    keep(
        alerts
            .map(alert -> alert.json, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
            .uid("alert-lines")
            .name("Alert lines"),
        Kind.ALERTS);
  }

  /** Keeps what was counted. */
  public void keepCounts(DataStream<CustomerCounts> counts, String engine, long periodMillis) {
    keep(
        counts
            .map(
                part -> CustomerStatisticsJson.write(statistics(part, engine, periodMillis)),
                PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
            .uid("count-lines")
            .name("Count lines"),
        Kind.COUNTS);
  }

  private static CustomerStatistics statistics(
      CustomerCounts part, String engine, long periodMillis) {
    return new CustomerStatistics(
        engine,
        part.customer,
        Instant.ofEpochMilli(part.fromMillis),
        Instant.ofEpochMilli(part.fromMillis + periodMillis),
        /* complete= */ false,
        Instant.EPOCH,
        part.counts());
  }

  /** Keeps on which events rules failed; other letters are no matter of rules. */
  public void keepFaults(DataStream<DeadLetterRecord> letters) {
    String failed = DeadLetterClass.RULE_ERROR.name();
    keep(
        letters
            .filter(letter -> letter.deadLetterClass.equals(failed))
            .uid("faults")
            .name("Faults of rules")
            .map(
                letter -> line(letter).getBytes(UTF_8),
                PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
            .uid("fault-lines")
            .name("Fault lines"),
        Kind.FAULTS);
  }

  private static String line(DeadLetterRecord letter) {
    String text = letter.ruleId + "\t" + letter.reason;
    return text.replace('\n', ' ').replace('\r', ' ');
  }

  private void keep(DataStream<byte[]> lines, Kind kind) {
    lines
        .sinkTo(new LineFiles(folderOf(kind).toString()))
        .uid("files-" + kind.name())
        .name("Files of " + kind.name());
  }
}
