package dev.lockstep.parity;

import static java.util.Objects.requireNonNull;

import dev.lockstep.parity.SummaryRecord.RuleCounts;
import dev.lockstep.parity.VerdictRecord.Control;
import dev.lockstep.parity.VerdictRecord.Copy;
import dev.lockstep.parity.VerdictRecord.Declared;
import dev.lockstep.parity.VerdictRecord.FieldDifference;
import dev.lockstep.parity.VerdictRecord.Pair;
import dev.lockstep.parity.VerdictRecord.Rule;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads records of the topic {@code parity} from their JSON. */
final class ParityJsonReader {

  private ParityJsonReader() {}

  static ParityRecord read(byte[] json) {
    try {
      JsonValue record = JsonValue.read(json);
      String kind = record.required("kind");
      return switch (kind) {
        case "verdict" -> verdict(record);
        case "summary" -> summary(record);
        default ->
            throw new IllegalArgumentException(
                "kind must be verdict or summary, was '" + kind + "'");
      };
    } catch (RuntimeException e) {
      // Anyone may write to a topic: whatever such bytes lead to, they are no parity record.
      throw new IllegalArgumentException("not a parity record: " + e.getMessage(), e);
    }
  }

  private static VerdictRecord verdict(JsonValue record) {
    JsonValue rule = record.member("rule").orElseThrow(() -> missing("rule"));
    String replaces = record.optional("replaces");
    return new VerdictRecord(
        Verdict.valueOf(record.required("verdict")),
        record.required("customer"),
        record.required("alert_id"),
        new Rule(rule.required("id"), rule.required("title"), rule.optional("level")),
        Instant.parse(record.required("occurred_at")),
        record.list("copies", ParityJsonReader::copy),
        record.list("differences", ParityJsonReader::difference),
        record.member("pair").map(ParityJsonReader::pair).orElse(null),
        record.member("control").map(ParityJsonReader::control).orElse(null),
        Boolean.parseBoolean(record.optional("noise")),
        replaces == null ? null : Verdict.valueOf(replaces),
        record.optional("reason"));
  }

  private static Copy copy(JsonValue copy) {
    return new Copy(
        copy.required("engine"),
        copy.required("lane"),
        copy.required("bundle"),
        copy.required("flags"),
        copy.texts("lanes"));
  }

  private static FieldDifference difference(JsonValue difference) {
    return new FieldDifference(
        difference.required("field"),
        difference.texts("values"),
        difference.member("expected").map(ParityJsonReader::declared).orElse(null));
  }

  private static Declared declared(JsonValue declared) {
    return new Declared(
        declared.required("owner"),
        declared.required("reason"),
        LocalDate.parse(declared.required("until")),
        Boolean.parseBoolean(declared.optional("expired")));
  }

  private static Pair pair(JsonValue pair) {
    return new Pair(
        pair.required("alert_id"),
        Instant.parse(pair.required("occurred_at")),
        pair.required("why"));
  }

  private static Control control(JsonValue control) {
    return new Control(
        control.required("engine"),
        Noise.ofWireName(control.required("result")),
        control.list("fields", ParityJsonReader::text));
  }

  private static SummaryRecord summary(JsonValue record) {
    Map<String, RuleCounts> rules = new LinkedHashMap<>();
    record
        .member("rules")
        .ifPresent(all -> all.members().forEach((id, rule) -> rules.put(id, ruleCounts(rule))));
    return new SummaryRecord(
        record.required("customer"),
        Instant.parse(record.required("hour")),
        record.number("part"),
        record.number("sequence"),
        record.list("engines", ParityJsonReader::text),
        counts(record, "verdicts", Verdict::valueOf),
        counts(record, "noisy", Verdict::valueOf),
        live(record),
        rules,
        counts(record, "fields", field -> field),
        record.number("expired"),
        counts(record, "noise", Noise::ofWireName),
        counts(record, "noise_fields", field -> field));
  }

  /** Summaries of earlier versions have none. */
  private static Map<String, Map<Verdict, Long>> live(JsonValue record) {
    Map<String, Map<Verdict, Long>> live = new LinkedHashMap<>();
    record
        .member("live")
        .ifPresent(
            all ->
                all.members()
                    .keySet()
                    .forEach(engine -> live.put(engine, counts(all, engine, Verdict::valueOf))));
    return live;
  }

  private static RuleCounts ruleCounts(JsonValue rule) {
    return new RuleCounts(
        rule.required("title"), rule.optional("level"), counts(rule, "verdicts", Verdict::valueOf));
  }

  private static <K> Map<K, Long> counts(JsonValue object, String name, Function<String, K> keyOf) {
    Map<K, Long> counts = new LinkedHashMap<>();
    object.texts(name).forEach((key, count) -> counts.put(keyOf.apply(key), Long.parseLong(count)));
    return counts;
  }

  private static String text(@Nullable JsonValue value) {
    return requireNonNull(requireNonNull(value, "element is null").text(), "it must be a text");
  }

  private static IllegalArgumentException missing(String name) {
    return new IllegalArgumentException(name + " is missing");
  }
}
