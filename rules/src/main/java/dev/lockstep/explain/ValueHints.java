package dev.lockstep.explain;

import dev.lockstep.event.FieldValue;
import dev.lockstep.program.EventInquiry;
import dev.lockstep.sigma.TextPattern;
import dev.lockstep.sigma.TextPattern.Kind;
import dev.lockstep.sigma.TextPattern.Part;
import dev.lockstep.sigma.ValueTest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What kept a value from passing a test by a hair; found by putting a slightly other test, or a
 * slightly other value, to the engine's own check.
 */
final class ValueHints implements ValueTest.Cases<Optional<String>> {
  private static final String BACKSLASHES =
      "only the number of backslashes differs: in a rule \\\\ is one backslash, \\\\\\\\ two";
  private static final Pattern BACKSLASH_RUN = Pattern.compile("\\\\{2,}");
  private static final int MIN_CONTAINED = 3;
  private static final ValueTest EVERY_IPV4 = new ValueTest.Network("0.0.0.0/0");
  private static final ValueTest EVERY_IPV6 = new ValueTest.Network("::/0");

  private final FieldValue value;

  /**
   * @param value one that does not pass the test
   */
  ValueHints(FieldValue value) {
    this.value = value;
  }

  @Override
  public Optional<String> like(ValueTest.Like test) {
    if (passesStripped(test)) {
      return Optional.of("the value has blanks around it");
    }
    if (test.cased() && passes(new ValueTest.Like(test.pattern(), false))) {
      return Optional.of("only the case differs, and the test is 'cased'");
    }
    if (passesWithSingleBackslashes(test)) {
      return Optional.of(BACKSLASHES);
    }
    return contained(test);
  }

  @Override
  public Optional<String> regex(ValueTest.Regex test) {
    Set<ValueTest.Regex.Flag> flags = EnumSet.of(ValueTest.Regex.Flag.IGNORE_CASE);
    flags.addAll(test.flags());
    return passes(new ValueTest.Regex(test.expression(), flags))
        ? Optional.of("only the case differs: 're' needs the modifier 'i' to pass over it")
        : Optional.empty();
  }

  @Override
  public Optional<String> network(ValueTest.Network test) {
    if (passesStripped(test)) {
      return Optional.of("the value has blanks around it");
    }
    return passes(EVERY_IPV4) || passes(EVERY_IPV6)
        ? Optional.empty()
        : Optional.of("the value is no IP address");
  }

  @Override
  public Optional<String> equalNumber(ValueTest.EqualNumber test) {
    return number(test);
  }

  @Override
  public Optional<String> compare(ValueTest.Compare test) {
    return number(test);
  }

  @Override
  public Optional<String> datePart(ValueTest.DatePart test) {
    return passesStripped(test) ? Optional.of("the value has blanks around it") : Optional.empty();
  }

  @Override
  public Optional<String> equalTruth(ValueTest.EqualTruth test) {
    return passesStripped(test) ? Optional.of("the value has blanks around it") : Optional.empty();
  }

  @Override
  public Optional<String> isNull() {
    return "".equals(value.asText())
        ? Optional.of("the value is the empty text, which is not null")
        : Optional.empty();
  }

  @Override
  public Optional<String> exists(boolean expected) {
    return Optional.empty();
  }

  @Override
  public Optional<String> sameAs(ValueTest.SameAs test) {
    return Optional.empty();
  }

  private Optional<String> number(ValueTest test) {
    if (passesStripped(test)) {
      return Optional.of("the value has blanks around it");
    }
    return value.asNumber().isEmpty() ? Optional.of("the value is no number") : Optional.empty();
  }

  private Optional<String> contained(ValueTest.Like test) {
    List<Part> parts = test.pattern().parts();
    if (test.pattern().literalText().length() < MIN_CONTAINED) {
      return Optional.empty();
    }
    boolean openStart = parts.get(0).kind() == Kind.ANY_RUN;
    boolean openEnd = parts.get(parts.size() - 1).kind() == Kind.ANY_RUN;
    List<Part> opened = new ArrayList<>();
    opened.add(new Part(Kind.ANY_RUN, ""));
    opened.addAll(parts);
    opened.add(new Part(Kind.ANY_RUN, ""));
    if (!passes(new ValueTest.Like(new TextPattern(opened), test.cased()))) {
      return Optional.empty();
    }
    if (openStart == openEnd) {
      return Optional.of("the value contains it, with more around it");
    }
    return Optional.of("the value contains it, but not at its " + (openStart ? "end" : "start"));
  }

  private boolean passes(ValueTest test) {
    return EventInquiry.passes(test, value);
  }

  private boolean passesStripped(ValueTest test) {
    return value instanceof FieldValue.Text text
        && !text.value().equals(text.value().strip())
        && EventInquiry.passes(test, new FieldValue.Text(text.value().strip()));
  }

  private boolean passesWithSingleBackslashes(ValueTest.Like test) {
    if (!(value instanceof FieldValue.Text text)) {
      return false;
    }
    String single = singleBackslashes(text.value());
    TextPattern pattern =
        new TextPattern(
            test.pattern().parts().stream()
                .map(part -> new Part(part.kind(), singleBackslashes(part.text())))
                .toList());
    boolean other = !single.equals(text.value()) || !pattern.equals(test.pattern());
    return other
        && EventInquiry.passes(
            new ValueTest.Like(pattern, test.cased()), new FieldValue.Text(single));
  }

  private static String singleBackslashes(String text) {
    return text.contains("\\\\") ? BACKSLASH_RUN.matcher(text).replaceAll("\\\\") : text;
  }
}
