package dev.lockstep.job.state;

import dev.lockstep.connector.wire.ComparedAlert;
import dev.lockstep.connector.wire.DeadLetterRecord;
import java.util.Map;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** All state descriptors. Their names are a contract with every savepoint ever taken. */
public final class States {

  /**
   * The newest update of each kind but rules, in every operator that is under control; in older
   * savepoints rules, too.
   */
  public static final MapStateDescriptor<String, ControlUpdate> CONTROL =
      new MapStateDescriptor<>("control", Types.STRING, TypeInformation.of(ControlUpdate.class));

  /** The newest rules, in the first subtask alone; each subtask gets them at a start. */
  public static final ListStateDescriptor<ControlUpdate> CONTROL_RULES =
      new ListStateDescriptor<>("control-rules", TypeInformation.of(ControlUpdate.class));

  /** Number of updates that the control stream has seen. */
  public static final ListStateDescriptor<Long> CONTROL_SEQUENCE =
      new ListStateDescriptor<>("control-sequence", Types.LONG);

  /** The bundle as it was delivered last, encoded; to tell which documents changed. */
  public static final ListStateDescriptor<byte[]> DELIVERED_BUNDLE =
      new ListStateDescriptor<>(
          "delivered-bundle", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  /**
   * The bundle in force, encoded: of each file the last version without issues. Not there if it is
   * the one that was delivered.
   */
  public static final ListStateDescriptor<byte[]> EFFECTIVE_BUNDLE =
      new ListStateDescriptor<>(
          "effective-bundle", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  /** When each rule that is rejected was rejected first, in epoch milliseconds. */
  public static final ListStateDescriptor<Map<String, Long>> REJECTED_SINCE =
      new ListStateDescriptor<>("rejected-since", Types.MAP(Types.STRING, Types.LONG));

  /** What was last accepted, for the status of the engine. */
  public static final ValueStateDescriptor<ControlNotice> ACCEPTED_NOTICE =
      new ValueStateDescriptor<>("accepted-notice", TypeInformation.of(ControlNotice.class));

  /** What was refused after that, if anything was. */
  public static final ValueStateDescriptor<ControlNotice> REFUSED_NOTICE =
      new ValueStateDescriptor<>("refused-notice", TypeInformation.of(ControlNotice.class));

  /** When all subtasks had what was last accepted, in epoch milliseconds. */
  public static final ValueStateDescriptor<Long> IN_FORCE_AT =
      new ValueStateDescriptor<>("in-force-at", Types.LONG);

  /** Matches over the budget of their rule, by the end of the minute and the rule. */
  public static final MapStateDescriptor<String, CappedMatches> CAPPED_MATCHES =
      new MapStateDescriptor<>(
          "capped-matches", Types.STRING, TypeInformation.of(CappedMatches.class));

  /** What is known of a group of a correlation, in numbered pieces. */
  public static final MapStateDescriptor<Long, byte[]> GROUP =
      new MapStateDescriptor<>(
          "group", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  /** Alerts that were sent, and those that were not, in the period that goes on. */
  public static final ValueStateDescriptor<LimitedAlerts> LIMITED_ALERTS =
      new ValueStateDescriptor<>("limited-alerts", TypeInformation.of(LimitedAlerts.class));

  /** A dead letter that waits for its next try. */
  public static final ValueStateDescriptor<DeadLetterRecord> WAITING_LETTER =
      new ValueStateDescriptor<>("waiting-letter", TypeInformation.of(DeadLetterRecord.class));

  /** When that try is due, in processing time; its timer has this time. */
  public static final ValueStateDescriptor<Long> LETTER_DUE =
      new ValueStateDescriptor<>("letter-due", Types.LONG);

  /** What was counted of a customer, by the first moment of each period that is kept. */
  public static final MapStateDescriptor<Long, KeptCounts> STATISTICS =
      new MapStateDescriptor<>("statistics", Types.LONG, TypeInformation.of(KeptCounts.class));

  /**
   * How many customers a subtask keeps statistics of; after a change of parallelism only the sum is
   * right.
   */
  public static final ListStateDescriptor<Long> STATISTICS_CUSTOMERS =
      new ListStateDescriptor<>("statistics-customers", Types.LONG);

  /** How many letters wait in a subtask; after a change of parallelism only the sum is right. */
  public static final ListStateDescriptor<Long> LETTERS_WAITING =
      new ListStateDescriptor<>("letters-waiting", Types.LONG);

  /** What the comparison of engines knows of an alert beside its copies. */
  public static final ValueStateDescriptor<ParityCase> PARITY_CASE =
      new ValueStateDescriptor<>("parity-case", TypeInformation.of(ParityCase.class));

  /** The copies of an alert; none twice. */
  public static final ListStateDescriptor<ComparedAlert> PARITY_COPIES =
      new ListStateDescriptor<>("parity-copies", TypeInformation.of(ComparedAlert.class));

  /** Verdicts that wait for an explanation, by alert id. */
  public static final MapStateDescriptor<String, JudgedAlert> PARITY_WAITING =
      new MapStateDescriptor<>(
          "parity-waiting", Types.STRING, TypeInformation.of(JudgedAlert.class));

  /** Verdicts that were explained, by alert id, and those that explain others, by flag set. */
  public static final MapStateDescriptor<String, RememberedVerdict> PARITY_REMEMBERED =
      new MapStateDescriptor<>(
          "parity-remembered", Types.STRING, TypeInformation.of(RememberedVerdict.class));

  /** Which bundles the engines held when, in every subtask. */
  public static final MapStateDescriptor<String, BundleSighting> PARITY_SIGHTINGS =
      new MapStateDescriptor<>(
          "parity-sightings", Types.STRING, TypeInformation.of(BundleSighting.class));

  /** Counts of a customer and hour. */
  public static final MapStateDescriptor<String, Long> PARITY_COUNTS =
      new MapStateDescriptor<>("parity-counts", Types.STRING, Types.LONG);

  /** Titles of the rules in these counts. */
  public static final MapStateDescriptor<String, String> PARITY_TITLES =
      new MapStateDescriptor<>("parity-titles", Types.STRING, Types.STRING);

  /** How far the summary of these counts has come. */
  public static final ValueStateDescriptor<SummaryProgress> PARITY_SUMMARY =
      new ValueStateDescriptor<>("parity-summary", TypeInformation.of(SummaryProgress.class));

  private States() {}

  /** Elements of a key that wait until rules and flags are known. */
  static <T> ListStateDescriptor<T> held(TypeInformation<T> type) {
    return new ListStateDescriptor<>("held", type);
  }
}
