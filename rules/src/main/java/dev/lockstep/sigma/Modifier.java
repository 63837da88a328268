package dev.lockstep.sigma;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The value modifiers of the Sigma specification, 2.1, "Modifiers Appendix". */
enum Modifier {
  CONTAINS(Role.PLACE),
  STARTSWITH(Role.PLACE),
  ENDSWITH(Role.PLACE),
  ALL(Role.LIST),
  NEQ(Role.LIST),
  CASED(Role.TEXT),
  WINDASH(Role.TEXT),
  BASE64(Role.TEXT),
  BASE64OFFSET(Role.TEXT),
  WIDE(Role.TEXT),
  UTF16LE(Role.TEXT),
  UTF16BE(Role.TEXT),
  UTF16(Role.TEXT),
  RE(Role.TYPE),
  I(Role.FLAG),
  M(Role.FLAG),
  S(Role.FLAG),
  CIDR(Role.TYPE),
  EXISTS(Role.TYPE),
  LT(Role.COMPARISON),
  LTE(Role.COMPARISON),
  GT(Role.COMPARISON),
  GTE(Role.COMPARISON),
  FIELDREF(Role.TYPE),
  EXPAND(Role.EXPANSION),
  MINUTE(Role.DATE_PART),
  HOUR(Role.DATE_PART),
  DAY(Role.DATE_PART),
  WEEK(Role.DATE_PART),
  MONTH(Role.DATE_PART),
  YEAR(Role.DATE_PART);

  /** What a modifier changes, which decides what it goes together with. */
  enum Role {
    /** What type the value is read as. */
    TYPE,
    /** Which part of a date is looked at. */
    DATE_PART,
    /** On which side of the number the event's value, or the part of it, must be. */
    COMPARISON,
    /** How a regular expression is read. */
    FLAG,
    /** The text itself. */
    TEXT,
    /** Where in the event's value the text must be. */
    PLACE,
    /** How the values combine. */
    LIST,
    /** Into which values a value is made before all else. */
    EXPANSION
  }

  private static final Map<String, Modifier> BY_TERM =
      Arrays.stream(values()).collect(Collectors.toMap(Modifier::term, Function.identity()));

  private final Role role;

  Modifier(Role role) {
    this.role = role;
  }

  static Optional<Modifier> ofTerm(String term) {
    return Optional.ofNullable(BY_TERM.get(term));
  }

  /** The terms that a rule may use, for messages. */
  static String terms() {
    return Arrays.stream(values()).map(Modifier::term).collect(Collectors.joining(", "));
  }

  Role role() {
    return role;
  }

  /** Whether it makes bytes of text. */
  boolean encodes() {
    return switch (this) {
      case WIDE, UTF16LE, UTF16BE, UTF16, BASE64, BASE64OFFSET -> true;
      default -> false;
    };
  }

  String term() {
    return name().toLowerCase(Locale.ROOT);
  }
}
