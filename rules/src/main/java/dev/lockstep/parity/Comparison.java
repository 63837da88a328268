package dev.lockstep.parity;

import static java.util.Comparator.comparing;

import dev.lockstep.parity.VerdictRecord.Control;
import dev.lockstep.parity.VerdictRecord.Declared;
import dev.lockstep.parity.VerdictRecord.FieldDifference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges the copies of one alert. The verdict is a function of the copies alone: the order in which
 * they came, and when, does not matter.
 */
public final class Comparison {

  private static final int MAX_DIFFERENCES = 100;

  private final ComparedEngines engines;
  private final Declarations declarations;

  public Comparison(ComparedEngines engines, Declarations declarations) {
    this.engines = engines;
    this.declarations = declarations;
  }

  /**
   * Whether parity must send the alert live; see {@link LiveDebt}.
   *
   * @param copies of any engines; those that parity has sent itself included
   */
  public boolean mustRescue(List<AlertCopy> copies) {
    return LiveDebt.isOwed(engines, copies);
  }

  /** Whether all engines have a copy, so that nothing is waited for. */
  public boolean isComplete(List<AlertCopy> copies) {
    return engines.names().stream().allMatch(engine -> copyOf(engine, copies).isPresent());
  }

  /**
   * Judges.
   *
   * @param sent what engines sent; without what parity sent itself
   * @param rescued whether parity has sent it live
   * @param tooLate whether the other engine's copy may have been forgotten when the first of these
   *     came
   * @param before the verdict until now, or null
   * @return empty if there is no copy of the two engines that are compared
   */
  public Optional<VerdictRecord> judge(
      List<AlertCopy> sent, boolean rescued, boolean tooLate, @Nullable Verdict before) {
    List<AlertCopy> copies = inOrder(sent);
    Optional<AlertCopy> first = copyOf(engines.first(), copies);
    Optional<AlertCopy> second = copyOf(engines.second(), copies);
    if (first.isEmpty() && second.isEmpty()) {
      return Optional.empty();
    }
    List<FieldDifference> all =
        first.isPresent() && second.isPresent()
            ? declared(AlertFields.differences(first.get(), second.get()), first.get())
            : List.of();
    Optional<Control> control = control(copies);
    Finding finding = finding(copies, rescued, tooLate, all);
    AlertCopy named = first.or(() -> second).orElseThrow();
    return Optional.of(
        new VerdictRecord(
            finding.verdict,
            named.customer(),
            named.alertId(),
            named.rule(),
            named.occurredAt(),
            copies.stream()
                .filter(copy -> engines.isCompared(copy.engine()))
                .map(AlertCopy::summary)
                .toList(),
            all.subList(0, Math.min(MAX_DIFFERENCES, all.size())),
            null,
            control.orElse(null),
            isNoise(finding.verdict, all, control, first.isPresent(), second.isPresent()),
            before,
            finding.reason));
  }

  private Finding finding(
      List<AlertCopy> copies, boolean rescued, boolean tooLate, List<FieldDifference> differences) {
    List<AlertCopy> live = copies.stream().filter(AlertCopy::isLive).toList();
    if (live.stream().mapToInt(AlertCopy::times).sum() + (rescued ? 1 : 0) > 1) {
      return new Finding(Verdict.DUPLICATE_LIVE, duplicates(live, rescued));
    }
    Optional<String> fault = LaneCheck.fault(copies);
    if (fault.isPresent()) {
      return new Finding(
          Verdict.WRONG_LANE, fault.get() + (rescued ? "; parity has sent it live" : ""));
    }
    if (rescued) {
      return new Finding(
          Verdict.RESCUED,
          "each engine left it to the other while flags changed; sent live by parity");
    }
    Optional<AlertCopy> first = copyOf(engines.first(), copies);
    Optional<AlertCopy> second = copyOf(engines.second(), copies);
    if (first.isPresent() && second.isPresent()) {
      return both(differences);
    }
    AlertCopy alone = first.or(() -> second).orElseThrow();
    return lonely(alone, !live.isEmpty(), tooLate);
  }

  private static Finding both(List<FieldDifference> differences) {
    if (differences.isEmpty()) {
      return new Finding(Verdict.MATCHED, null);
    }
    if (differences.stream().allMatch(Comparison::isExpected)) {
      return new Finding(Verdict.EXPECTED, null);
    }
    return new Finding(
        Verdict.DIFFERS,
        differences.size() > MAX_DIFFERENCES
            ? "%d fields differ, the first %d are shown"
                .formatted(differences.size(), MAX_DIFFERENCES)
            : null);
  }

  private Finding lonely(AlertCopy alone, boolean live, boolean tooLate) {
    String missing = engines.other(alone.engine());
    Optional<Declared> declared = declarations.ofAbsence(alone);
    if ("off".equals(alone.lanes().get(missing))) {
      return new Finding(Verdict.NOT_COMPARED, "flags keep " + missing + " from it");
    }
    if (declared.isPresent() && !declared.get().expired()) {
      return new Finding(Verdict.EXPECTED, text(declared.get()));
    }
    if (tooLate) {
      return new Finding(
          Verdict.LATE, "if " + missing + " has sent it, then so long before that it is forgotten");
    }
    return new Finding(
        live ? Verdict.ONLY_LIVE : Verdict.ONLY_SHADOW,
        declared.map(Comparison::text).orElse(null));
  }

  private static String text(Declared declared) {
    return "%s by %s until %s: %s"
        .formatted(
            declared.expired() ? "was expected" : "expected",
            declared.owner(),
            declared.until(),
            declared.reason());
  }

  private static String duplicates(List<AlertCopy> live, boolean rescued) {
    List<String> senders = new ArrayList<>();
    live.forEach(
        copy ->
            senders.add(
                copy.times() == 1
                    ? copy.engine()
                    : copy.engine() + " (" + copy.times() + " times)"));
    if (rescued) {
      senders.add("parity");
    }
    return "sent live by " + String.join(" and ", senders);
  }

  private List<FieldDifference> declared(List<FieldDifference> differences, AlertCopy copy) {
    return differences.stream()
        .map(
            each ->
                new FieldDifference(
                    each.field(),
                    each.values(),
                    declarations.ofField(copy, each.field()).orElse(null)))
        .toList();
  }

  private static boolean isExpected(FieldDifference difference) {
    return difference.expected() != null && !difference.expected().expired();
  }

  private Optional<Control> control(List<AlertCopy> copies) {
    String name = engines.control();
    if (name == null) {
      return Optional.empty();
    }
    Optional<AlertCopy> like = copyOf(engines.first(), copies);
    Optional<AlertCopy> control = copyOf(name, copies);
    if (like.isEmpty()) {
      return control.map(copy -> new Control(name, Noise.EXTRA, List.of()));
    }
    if (control.isEmpty()) {
      return Optional.of(new Control(name, Noise.MISSING, List.of()));
    }
    List<String> fields =
        AlertFields.differences(like.get(), control.get()).stream()
            .map(FieldDifference::field)
            .limit(MAX_DIFFERENCES)
            .toList();
    return Optional.of(new Control(name, fields.isEmpty() ? Noise.MATCHED : Noise.DIFFERS, fields));
  }

  /** The control engine shows the same: it differs in the same fields, or has none either. */
  private static boolean isNoise(
      Verdict verdict,
      List<FieldDifference> differences,
      Optional<Control> control,
      boolean first,
      boolean second) {
    if (control.isEmpty()) {
      return false;
    }
    return switch (verdict) {
      case DIFFERS -> {
        Set<String> noisy = new HashSet<>(control.get().fields());
        yield differences.stream()
            .filter(each -> !isExpected(each))
            .allMatch(each -> noisy.contains(each.field()));
      }
      case ONLY_LIVE, ONLY_SHADOW ->
          (control.get().result() == Noise.MISSING && first && !second)
              || (control.get().result() == Noise.EXTRA && !first && second);
      case MATCHED,
          EXPECTED,
          NEAR_MATCH,
          DUPLICATE_LIVE,
          WRONG_LANE,
          CONTENT_SKEW,
          RESCUED,
          NOT_COMPARED,
          LATE ->
          false;
    };
  }

  /** By engine, live copies first; the rest of the order only has to be always the same. */
  private List<AlertCopy> inOrder(List<AlertCopy> copies) {
    List<String> names = engines.names();
    return copies.stream()
        .sorted(
            comparing((AlertCopy copy) -> names.indexOf(copy.engine()))
                .thenComparing(AlertCopy::lane)
                .thenComparing(AlertCopy::flags)
                .thenComparing(AlertCopy::bundle))
        .toList();
  }

  private static Optional<AlertCopy> copyOf(String engine, List<AlertCopy> copies) {
    return copies.stream().filter(copy -> copy.engine().equals(engine)).findFirst();
  }

  private record Finding(Verdict verdict, @Nullable String reason) {}
}
