package dev.lockstep.parity;

import static java.util.Objects.requireNonNull;

import dev.lockstep.parity.VerdictRecord.Declared;
import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Differences between the engines that somebody expects, and answers for until a day. */
public record Declarations(List<Declaration> all) implements Serializable {

  /** Expects none. */
  public static final Declarations NONE = new Declarations(List.of());

  public Declarations {
    all = List.copyOf(all);
  }

  /**
   * Reads a file of declarations: YAML 1.2 with a list {@code expected}.
   *
   * @param path names the file in issues
   */
  public static ParsedDeclarations parse(String path, String text) {
    return new DeclarationsReader(path).read(text);
  }

  /**
   * Returns what is declared about a field; of several the one that is not over yet, else the
   * first.
   */
  Optional<Declared> ofField(AlertCopy copy, String field) {
    return best(copy, each -> each.field != null && Wildcards.match(each.field, field));
  }

  /** Returns what is declared about alerts that this copy's engine has alone. */
  Optional<Declared> ofAbsence(AlertCopy copy) {
    return best(copy, each -> copy.engine().equals(each.onlyIn));
  }

  private Optional<Declared> best(AlertCopy copy, Predicate<Declaration> concerns) {
    List<Declared> found =
        all.stream()
            .filter(concerns)
            .filter(each -> each.rule == null || each.rule.equals(copy.ruleId()))
            .filter(each -> each.customer == null || each.customer.equals(copy.customer()))
            .map(each -> each.at(copy.occurredAt()))
            .toList();
    return found.stream()
        .filter(each -> !each.expired())
        .findFirst()
        .or(() -> found.stream().findFirst());
  }

  /**
   * One of them.
   *
   * @param field path of the field that differs, {@code *} for any part of it; null if this is
   *     about alerts that only one engine has
   * @param onlyIn that engine, else null
   * @param rule id of the only rule that it is about, or null for all
   * @param customer the only customer that it is about, or null for all
   * @param owner who answers for it
   * @param until last day on which it is expected
   */
  public record Declaration(
      @Nullable String field,
      @Nullable String onlyIn,
      @Nullable String rule,
      @Nullable String customer,
      String owner,
      String reason,
      LocalDate until)
      implements Serializable {
    public Declaration {
      requireNonNull(owner, "owner is null");
      requireNonNull(reason, "reason is null");
      requireNonNull(until, "until is null");
      if ((field == null) == (onlyIn == null)) {
        throw new IllegalArgumentException("a declaration has either a field or an engine");
      }
    }

    private Declared at(Instant time) {
      return new Declared(
          owner, reason, until, time.atZone(ZoneOffset.UTC).toLocalDate().isAfter(until));
    }
  }
}
