package dev.lockstep.program;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.re2j.Pattern;
import dev.lockstep.event.Event;
import dev.lockstep.event.EventProjection;
import dev.lockstep.event.FieldValue;
import dev.lockstep.event.ScalarKind;
import dev.lockstep.sigma.Condition;
import dev.lockstep.sigma.Detection;
import dev.lockstep.sigma.SigmaRule;
import dev.lockstep.sigma.ValueTest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges by walking the syntax tree of every rule for every event: what the program must equal. */
public final class NaiveProgram {
  private final List<SigmaRule> rules;
  private final Map<ValueTest, ValueCheck> checks = new HashMap<>();

  public NaiveProgram(List<SigmaRule> rules) {
    this.rules = rules;
  }

  /** The matched fields of each rule that the event fulfils, by the position of the rule. */
  public Map<Integer, Map<String, String>> match(byte[] json, String customer) throws Exception {
    Event event = EventProjection.whole().read(json);
    Map<Integer, Map<String, String>> matches = new LinkedHashMap<>();
    Judge judge = new Judge(event, strings(json));
    for (int i = 0; i < rules.size(); i++) {
      SigmaRule rule = rules.get(i);
      if (rule.appliesTo(customer) && judge.holds(rule, rule.condition())) {
        Map<String, String> fields = new LinkedHashMap<>();
        judge.explain(rule, rule.condition(), fields);
        matches.put(i, fields);
      }
    }
    return matches;
  }

  /** A value and where it is. */
  private record Located(String path, SeenValue value) {}

  private final class Judge {
    private final Event event;
    private final Map<String, List<Located>> values = new HashMap<>();
    private final List<Located> strings;

    Judge(Event event, List<Located> strings) {
      this.event = event;
      this.strings = strings;
    }

    boolean holds(SigmaRule rule, Condition condition) {
      if (condition instanceof Condition.AllOf all) {
        return all.parts().stream().allMatch(part -> holds(rule, part));
      } else if (condition instanceof Condition.AnyOf any) {
        return any.parts().stream().anyMatch(part -> holds(rule, part));
      } else if (condition instanceof Condition.Not not) {
        return !holds(rule, not.negated());
      }
      return holds(detection(rule, condition));
    }

    void explain(SigmaRule rule, Condition condition, Map<String, String> fields) {
      if (condition instanceof Condition.AllOf all) {
        all.parts().forEach(part -> explain(rule, part, fields));
      } else if (condition instanceof Condition.AnyOf any) {
        any.parts().stream()
            .filter(part -> holds(rule, part))
            .forEach(part -> explain(rule, part, fields));
      } else if (condition instanceof Condition.Identifier) {
        explain(detection(rule, condition), fields);
      }
    }

    private static Detection detection(SigmaRule rule, Condition condition) {
      Detection detection = rule.detections().get(((Condition.Identifier) condition).name());
      if (detection == null) {
        throw new AssertionError(condition);
      }
      return detection;
    }

    private boolean holds(Detection detection) {
      if (detection instanceof Detection.AllOf all) {
        return all.parts().stream().allMatch(this::holds);
      } else if (detection instanceof Detection.AnyOf any) {
        return any.parts().stream().anyMatch(this::holds);
      } else if (detection instanceof Detection.Not not) {
        return !holds(not.negated());
      } else if (detection instanceof Detection.Field field
          && field.test() instanceof ValueTest.Exists exists) {
        return event.has(field.field()) == exists.expected();
      } else if (detection instanceof Detection.Field field
          && field.test() instanceof ValueTest.IsNull) {
        return !event.has(field.field())
            || event.valuesOf(field.field()).stream().anyMatch(FieldValue.Null.class::isInstance);
      }
      return passing(detection) != null;
    }

    private void explain(Detection detection, Map<String, String> fields) {
      if (detection instanceof Detection.AllOf all) {
        all.parts().forEach(part -> explain(part, fields));
      } else if (detection instanceof Detection.AnyOf any && isListOfOnePlace(any)) {
        Located value = passing(any);
        if (value != null) {
          fields.putIfAbsent(value.path(), value.value().display());
        }
      } else if (detection instanceof Detection.AnyOf any) {
        any.parts().stream().filter(this::holds).forEach(part -> explain(part, fields));
      } else if (detection instanceof Detection.Field field
          && field.test() instanceof ValueTest.Exists) {
        valuesOf(field.field()).stream()
            .limit(1)
            .forEach(value -> fields.putIfAbsent(value.path(), value.value().display()));
      } else if (!(detection instanceof Detection.Not)) {
        Located value = passing(detection);
        if (value != null) {
          fields.putIfAbsent(value.path(), value.value().display());
        }
      }
    }

    /** Such a list shows the first value that passes any of its tests. */
    private static boolean isListOfOnePlace(Detection.AnyOf any) {
      if (any.parts().stream().allMatch(Detection.Keyword.class::isInstance)) {
        return true;
      }
      return any.parts().stream()
                  .filter(Detection.Field.class::isInstance)
                  .map(part -> ((Detection.Field) part).test())
                  .filter(
                      test ->
                          !(test instanceof ValueTest.Exists)
                              && !(test instanceof ValueTest.IsNull)
                              && !(test instanceof ValueTest.SameAs))
                  .count()
              == any.parts().size()
          && any.parts().stream().map(part -> ((Detection.Field) part).field()).distinct().count()
              == 1;
    }

    private @Nullable Located passing(Detection detection) {
      if (detection instanceof Detection.AnyOf any) {
        Detection first = any.parts().get(0);
        List<Located> places =
            first instanceof Detection.Field field ? valuesOf(field.field()) : strings;
        return first(
            places,
            value -> any.parts().stream().anyMatch(part -> check(testOf(part)).passes(value)));
      } else if (detection instanceof Detection.Keyword keyword) {
        return first(strings, check(keyword.test()));
      } else if (detection instanceof Detection.Field field) {
        return field.test() instanceof ValueTest.IsNull
            ? null
            : first(
                valuesOf(field.field()),
                field.test() instanceof ValueTest.SameAs same
                    ? value ->
                        valuesOf(same.otherField()).stream()
                            .anyMatch(other -> related(same, value, other.value()))
                    : check(field.test()));
      }
      throw new AssertionError(detection);
    }

    private static ValueTest testOf(Detection part) {
      return part instanceof Detection.Field field
          ? field.test()
          : ((Detection.Keyword) part).test();
    }

    private static @Nullable Located first(List<Located> values, ValueCheck check) {
      for (Located value : values) {
        if (check.passes(value.value())) {
          return value;
        }
      }
      return null;
    }

    private List<Located> valuesOf(String field) {
      return values.computeIfAbsent(
          field,
          name ->
              event.valuesOf(name).stream()
                  .map(value -> new Located(field, new SeenValue(value)))
                  .toList());
    }
  }

  /** The strings and numbers of the event in the order of its text. */
  private static List<Located> strings(byte[] json) throws IOException {
    List<Located> found = new ArrayList<>();
    Deque<String> path = new ArrayDeque<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          path.addLast(parser.currentName().replace(" ", ""));
        } else if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
          FieldValue text = new FieldValue.Text(parser.getText());
          found.add(new Located(String.join(".", path), new SeenValue(text)));
        }
        boolean valueEnds =
            token.isScalarValue() || token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY;
        if (valueEnds && parser.getParsingContext().inObject()) {
          path.removeLast();
        }
      }
    }
    return found;
  }

  private ValueCheck check(ValueTest test) {
    return checks.computeIfAbsent(test, NaiveProgram::newCheck);
  }

  private static ValueCheck newCheck(ValueTest test) {
    if (test instanceof ValueTest.Like like) {
      return new LikeCheck(like);
    } else if (test instanceof ValueTest.Regex regex) {
      Pattern pattern = regex.compile();
      return value -> {
        String text = value.text();
        return text != null && pattern.matcher(text).find();
      };
    } else if (test instanceof ValueTest.Network network) {
      return new NetworkCheck(network);
    } else if (test instanceof ValueTest.EqualNumber equal) {
      return new NumberCheck(number -> number.compareTo(equal.number()) == 0);
    } else if (test instanceof ValueTest.Compare compare) {
      return new NumberCheck(number -> compare.comparison().holds(number, compare.bound()));
    } else if (test instanceof ValueTest.DatePart part) {
      return new DatePartCheck(part);
    } else if (test instanceof ValueTest.EqualTruth truth) {
      return new TruthCheck(truth.truth());
    }
    throw new AssertionError(test);
  }

  private static boolean related(ValueTest.SameAs test, SeenValue value, SeenValue other) {
    String left = test.cased() ? value.text() : value.folded();
    String right = test.cased() ? other.text() : other.folded();
    if (left == null || right == null) {
      return false;
    }
    return switch (test.relation()) {
      case EQUAL -> left.equals(right) || sameNumber(value, other);
      case CONTAINS -> left.contains(right);
      case STARTS_WITH -> left.startsWith(right);
      case ENDS_WITH -> left.endsWith(right);
    };
  }

  private static boolean sameNumber(SeenValue value, SeenValue other) {
    boolean numeric = value.kind() == ScalarKind.NUMBER || other.kind() == ScalarKind.NUMBER;
    return numeric
        && value.asNumber().isPresent()
        && other.asNumber().isPresent()
        && value.asNumber().get().compareTo(other.asNumber().get()) == 0;
  }
}
