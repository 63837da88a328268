package dev.lockstep.explain;

import dev.lockstep.program.EventInquiry;
import dev.lockstep.program.EventInquiry.Answer;
import dev.lockstep.program.EventInquiry.Found;
import dev.lockstep.sigma.Detection;
import dev.lockstep.sigma.ValueTest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Explains what one search identifier asks; tests of the same field stand together. */
final class DetectionExplainer implements Detection.Cases<Reason> {
  /** Of a list with thousands of values that all fail, nobody reads every hint. */
  private static final int MAX_HINTED = 500;

  private final EventInquiry inquiry;
  private final EventFields fields;

  DetectionExplainer(EventInquiry inquiry, EventFields fields) {
    this.inquiry = inquiry;
    this.fields = fields;
  }

  @Override
  public Reason allOf(List<Detection> parts) {
    return combine(Join.ALL, flat(Join.ALL, parts));
  }

  @Override
  public Reason anyOf(List<Detection> parts) {
    return combine(Join.ANY, flat(Join.ANY, parts));
  }

  @Override
  public Reason not(Detection negated) {
    return new Reason.Negated(negated.choose(this));
  }

  @Override
  public Reason field(String field, ValueTest test) {
    return tests(field, Join.ALL, List.of(test));
  }

  @Override
  public Reason keyword(ValueTest test) {
    return keywords(Join.ALL, List.of(test));
  }

  /** A modifier that makes several texts of one value gives an {@code or} inside an {@code or}. */
  private static List<Detection> flat(Join join, List<Detection> parts) {
    List<Detection> flat = new ArrayList<>();
    for (Detection part : parts) {
      if (join == Join.ANY && part instanceof Detection.AnyOf any) {
        flat.addAll(flat(join, any.parts()));
      } else if (join == Join.ALL && part instanceof Detection.AllOf all) {
        flat.addAll(flat(join, all.parts()));
      } else {
        flat.add(part);
      }
    }
    return flat;
  }

  /** Neighbours that look at the same values become one reason; how they join stays the same. */
  private Reason combine(Join join, List<Detection> parts) {
    List<Reason> reasons = new ArrayList<>();
    int from = 0;
    while (from < parts.size()) {
      int to = from + 1;
      while (to < parts.size() && sameValues(parts.get(from), parts.get(to))) {
        to++;
      }
      reasons.add(reason(join, parts.subList(from, to)));
      from = to;
    }
    return reasons.size() == 1 ? reasons.get(0) : Reason.Combined.of(join, reasons);
  }

  private static boolean sameValues(Detection one, Detection other) {
    if (one instanceof Detection.Field field && other instanceof Detection.Field otherField) {
      return field.field().equals(otherField.field());
    }
    return one instanceof Detection.Keyword && other instanceof Detection.Keyword;
  }

  private Reason reason(Join join, List<Detection> parts) {
    if (parts.get(0) instanceof Detection.Field field) {
      return tests(
          field.field(),
          join,
          parts.stream().map(part -> ((Detection.Field) part).test()).toList());
    }
    if (parts.get(0) instanceof Detection.Keyword) {
      return keywords(join, parts.stream().map(part -> ((Detection.Keyword) part).test()).toList());
    }
    return parts.get(0).choose(this);
  }

  private Reason tests(String field, Join join, List<ValueTest> tests) {
    List<Test> answered = answered(tests, test -> inquiry.field(field, test));
    if (!(join == Join.ANY && join.of(answered))) {
      answered = withHints(field, tests, answered);
    }
    return Reason.Tests.of(fields.subject(field), join, answered);
  }

  private Reason keywords(Join join, List<ValueTest> tests) {
    return Reason.Tests.of(
        Subject.wholeEvent(inquiry.stringCount()), join, answered(tests, inquiry::keyword));
  }

  private static List<Test> answered(List<ValueTest> tests, Function<ValueTest, Answer> asked) {
    List<Test> answered = new ArrayList<>();
    for (ValueTest test : tests) {
      Answer answer = asked.apply(test);
      answered.add(new Test(TestPhrases.of(test), answer.holds(), cut(answer.by()), null));
    }
    return answered;
  }

  private List<Test> withHints(String field, List<ValueTest> tests, List<Test> answered) {
    List<Test> hinted = new ArrayList<>();
    for (int i = 0; i < answered.size(); i++) {
      Test test = answered.get(i);
      hinted.add(
          test.holds() || i >= MAX_HINTED
              ? test
              : new Test(test.phrase(), false, null, fields.hint(field, tests.get(i))));
    }
    return hinted;
  }

  private static @Nullable Found cut(@Nullable Found found) {
    return found == null ? null : new Found(Cut.text(found.path()), Cut.value(found.value()));
  }
}
