package dev.lockstep.job.parity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lockstep.alert.Lane;
import dev.lockstep.connector.wire.ComparedAlert;
import dev.lockstep.connector.wire.StatusRecord;
import dev.lockstep.job.config.ConfigReader;
import dev.lockstep.job.config.LockstepConfig;
import dev.lockstep.job.metrics.RecordedMetrics;
import dev.lockstep.job.state.BundleSighting;
import dev.lockstep.job.state.JudgedAlert;
import dev.lockstep.job.state.States;
import dev.lockstep.parity.AlertCopy;
import dev.lockstep.parity.ComparedEngines;
import dev.lockstep.parity.Declarations;
import dev.lockstep.parity.ParityJson;
import dev.lockstep.parity.ParityRecord;
import dev.lockstep.parity.Verdict;
import dev.lockstep.parity.VerdictRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.TestableKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * The operators of the comparison in a row, each in one subtask, under clocks that the test moves.
 */
final class ParityHarness implements AutoCloseable {

  static final Duration WINDOW = Duration.ofMinutes(5);
  static final Duration MAX_WAIT = Duration.ofMinutes(10);
  static final Duration KEEP = Duration.ofHours(1);

  private static final OutputTag<ComparedAlert> RESCUED =
      new OutputTag<>("rescued", TypeInformation.of(ComparedAlert.class));

  private final KeyedOneInputStreamOperatorTestHarness<String, ComparedAlert, JudgedAlert> compare;
  private final KeyedTwoInputStreamOperatorTestHarness<
          String, JudgedAlert, BundleSighting, JudgedAlert>
      explain;
  private final KeyedOneInputStreamOperatorTestHarness<String, JudgedAlert, StatusRecord> summarize;
  private final SightBundles sightings;
  private final RecordedMetrics compareMetrics = new RecordedMetrics();
  private final RecordedMetrics summaryMetrics = new RecordedMetrics();
  private final List<ParityRecord> records = new ArrayList<>();
  private final List<ComparedAlert> rescued = new ArrayList<>();

  private ParityHarness(
      LockstepConfig.Parity parity, ComparedEngines engines, Declarations declarations)
      throws Exception {
    RecordedMetrics recorded = compareMetrics;
    RecordedMetrics recordedToo = summaryMetrics;
    compare =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new CompareFunction(engines, declarations, parity.times(), RESCUED)) {
              @Override
              public OperatorMetricGroup getMetricGroup() {
                return recorded;
              }
            },
            ComparedAlert::key,
            Types.STRING);
    explain =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(
                new ExplainFunction(engines, parity.times()), List.of(States.PARITY_SIGHTINGS)),
            judged -> judged.customer,
            null,
            Types.STRING);
    summarize =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new SummarizeFunction(Parity.pair(engines), engines.names(), parity)) {
              @Override
              public OperatorMetricGroup getMetricGroup() {
                return recordedToo;
              }
            },
            SummarizeFunction::key,
            Types.STRING);
    sightings = new SightBundles(engines, SightingSpans.span(parity.times()));
    sightings.open(new OpenContext() {});
  }

  /** What a job keeps over a restart. */
  record Snapshot(
      OperatorSubtaskState compare, OperatorSubtaskState explain, OperatorSubtaskState summarize) {}

  static ParityHarness start(Map<String, String> options, @Nullable Snapshot snapshot)
      throws Exception {
    return start(options, Declarations.NONE, snapshot);
  }

  static ParityHarness start(
      Map<String, String> options, Declarations declarations, @Nullable Snapshot snapshot)
      throws Exception {
    Map<String, String> all =
        new HashMap<>(Map.of("parity.first", "blue", "parity.second", "green"));
    all.putAll(options);
    LockstepConfig.Parity parity = ConfigReader.read(null, all).parity();
    ComparedEngines engines = new ComparedEngines("blue", "green", all.get("parity.control"));
    ParityHarness started = new ParityHarness(parity, engines, declarations);
    if (snapshot == null) {
      started.compare.initializeEmptyState();
      started.explain.initializeEmptyState();
      started.summarize.initializeEmptyState();
    } else {
      started.compare.initializeState(snapshot.compare());
      started.explain.initializeState(snapshot.explain());
      started.summarize.initializeState(snapshot.summarize());
    }
    started.compare.open();
    started.explain.open();
    started.summarize.open();
    return started;
  }

  void send(Lane lane, byte[] json) throws Exception {
    AlertCopy copy = AlertCopy.read(lane.wireName(), 1, json);
    ComparedAlert alert = new ComparedAlert();
    alert.alertId = copy.alertId();
    alert.customer = copy.customer();
    alert.engine = copy.engine();
    alert.ruleId = copy.ruleId();
    alert.lane = lane.wireName();
    alert.bundle = copy.bundle();
    alert.flags = copy.flags();
    alert.occurredAtMillis = copy.occurredAt().toEpochMilli();
    alert.rescued = copy.isRescued();
    alert.json = json;
    List<BundleSighting> seen = new ArrayList<>();
    sightings.flatMap(alert, new ListCollector<>(seen));
    for (BundleSighting sighting : seen) {
      explain.processElement2(new StreamRecord<>(sighting));
    }
    compare.processElement(alert, alert.occurredAtMillis);
    drain();
  }

  /** Lets event time come so far. */
  void watermark(Instant time) throws Exception {
    compare.processWatermark(time.toEpochMilli());
    drain();
    explain.processBothWatermarks(new Watermark(time.toEpochMilli()));
    drain();
    summarize.processWatermark(time.toEpochMilli());
    drain();
  }

  /** Lets the clock come so far; it begins at 0. */
  void clock(Duration sinceStart) throws Exception {
    compare.setProcessingTime(sinceStart.toMillis());
    drain();
    explain.setProcessingTime(sinceStart.toMillis());
    drain();
    summarize.setProcessingTime(sinceStart.toMillis());
    drain();
  }

  private void drain() throws Exception {
    for (JudgedAlert judged : compare.extractOutputValues()) {
      explain.processElement1(new StreamRecord<>(judged));
    }
    compare.getOutput().clear();
    for (JudgedAlert judged : explain.extractOutputValues()) {
      summarize.processElement(new StreamRecord<>(judged));
    }
    explain.getOutput().clear();
    var last = compare.getSideOutput(Parity.FINAL);
    while (last != null && !last.isEmpty()) {
      summarize.processElement(new StreamRecord<>(last.remove().getValue()));
    }
    var sent = compare.getSideOutput(RESCUED);
    while (sent != null && !sent.isEmpty()) {
      rescued.add(sent.remove().getValue());
    }
    for (StatusRecord record : summarize.extractOutputValues()) {
      records.add(ParityJson.read(record.json));
    }
    summarize.getOutput().clear();
  }

  /** The verdicts that were written, of each alert the last. */
  Map<String, VerdictRecord> verdicts() {
    return ToldParity.verdicts(records);
  }

  /** All counts. */
  Map<Verdict, Long> counted() {
    return ToldParity.counted(records);
  }

  List<ParityRecord> records() {
    return records;
  }

  /** What was sent to the live lane. */
  List<String> rescued() {
    return rescued.stream().map(each -> new String(each.json, UTF_8)).toList();
  }

  long counter(String path) {
    return compareMetrics.count(path) + summaryMetrics.count(path);
  }

  int keyedStateEntries() {
    return entries(compare.getOperator())
        + entries((AbstractStreamOperator<?>) explain.getOperator())
        + entries(summarize.getOperator());
  }

  private static int entries(Object operator) {
    return ((TestableKeyedStateBackend<?>)
            ((AbstractStreamOperator<?>) operator).getKeyedStateBackend())
        .numKeyValueStateEntries();
  }

  int timers() {
    return compare.numEventTimeTimers()
        + compare.numProcessingTimeTimers()
        + explain.numEventTimeTimers()
        + explain.numProcessingTimeTimers()
        + summarize.numEventTimeTimers()
        + summarize.numProcessingTimeTimers();
  }

  Snapshot snapshot() throws Exception {
    return new Snapshot(compare.snapshot(1, 0), explain.snapshot(1, 0), summarize.snapshot(1, 0));
  }

  @Override
  public void close() throws Exception {
    compare.close();
    explain.close();
    summarize.close();
  }
}
