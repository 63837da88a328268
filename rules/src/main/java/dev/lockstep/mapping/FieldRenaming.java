package dev.lockstep.mapping;

import dev.lockstep.sigma.Detection;
import dev.lockstep.sigma.ValueTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Asks of the places in an event what a detection asks of fields. A field that may be at several
 * places has all their values: some place must pass a test, and absent is what is absent at all.
 */
final class FieldRenaming implements Detection.Cases<Detection> {
  private final FieldNames names;

  FieldRenaming(FieldNames names) {
    this.names = names;
  }

  Detection rename(Detection detection) {
    return detection.choose(this);
  }

  @Override
  public Detection allOf(List<Detection> parts) {
    return new Detection.AllOf(parts.stream().map(this::rename).toList());
  }

  @Override
  public Detection anyOf(List<Detection> parts) {
    return new Detection.AnyOf(parts.stream().map(this::rename).toList());
  }

  @Override
  public Detection not(Detection negated) {
    return new Detection.Not(rename(negated));
  }

  @Override
  public Detection field(String field, ValueTest test) {
    Set<String> places = names.placesOf(field);
    List<Detection> questions = new ArrayList<>();
    for (ValueTest renamed : renamed(test)) {
      places.forEach(place -> questions.add(new Detection.Field(place, renamed)));
    }
    if (questions.size() == 1) {
      return questions.get(0);
    }
    return isAboutAbsence(test) ? new Detection.AllOf(questions) : new Detection.AnyOf(questions);
  }

  @Override
  public Detection keyword(ValueTest test) {
    return new Detection.Keyword(test);
  }

  private List<ValueTest> renamed(ValueTest test) {
    List<ValueTest> tests = new ArrayList<>();
    if (test instanceof ValueTest.SameAs same) {
      for (String place : names.placesOf(same.otherField())) {
        tests.add(new ValueTest.SameAs(place, same.relation(), same.cased()));
      }
    } else {
      tests.add(test);
    }
    return tests;
  }

  private static boolean isAboutAbsence(ValueTest test) {
    return test instanceof ValueTest.IsNull
        || (test instanceof ValueTest.Exists exists && !exists.expected());
  }
}
