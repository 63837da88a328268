package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.AttributeRef;
import com.launchdarkly.sdk.ContextKind;
import com.launchdarkly.sdk.LDContext;
import com.launchdarkly.sdk.LDValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A clause that holds, in words, with the value that the subject has. */
record ClauseWords(LDValue clause, LDContext context) {

  private static final int SHOWN_VALUES = 5;

  private static final Map<String, Verb> VERBS =
      Map.ofEntries(
          Map.entry("in", new Verb("is", "is not")),
          Map.entry("startsWith", new Verb("starts with", "does not start with")),
          Map.entry("endsWith", new Verb("ends with", "does not end with")),
          Map.entry("contains", new Verb("contains", "does not contain")),
          Map.entry("matches", new Verb("matches", "does not match")),
          Map.entry("lessThan", new Verb("is below", "is not below")),
          Map.entry("lessThanOrEqual", new Verb("is at most", "is not at most")),
          Map.entry("greaterThan", new Verb("is above", "is not above")),
          Map.entry("greaterThanOrEqual", new Verb("is at least", "is not at least")),
          Map.entry("before", new Verb("is before", "is not before")),
          Map.entry("after", new Verb("is after", "is not after")),
          Map.entry("semVerEqual", new Verb("is version", "is not version")),
          Map.entry("semVerLessThan", new Verb("is below version", "is not below version")),
          Map.entry("semVerGreaterThan", new Verb("is above version", "is not above version")),
          Map.entry("segmentMatch", new Verb("is in segment", "is not in segment")));

  @Override
  public String toString() {
    String op = Objects.requireNonNullElse(clause.get("op").stringValue(), "?");
    Verb verb = VERBS.getOrDefault(op, new Verb(op, "not " + op));
    String subject = op.equals("segmentMatch") ? "the subject" : subject();
    return subject
        + " "
        + (clause.get("negate").booleanValue() ? verb.no() : verb.yes())
        + values();
  }

  private String subject() {
    String kind = KindUse.kindOf(clause);
    String attribute = Objects.requireNonNullElse(clause.get("attribute").stringValue(), "");
    if (attribute.equals("kind")) {
      return "a kind of context";
    }
    AttributeRef reference =
        clause.get("contextKind").isNull()
            ? AttributeRef.fromLiteral(attribute)
            : AttributeRef.fromPath(attribute);
    LDContext single = context.getIndividualContext(ContextKind.of(kind));
    LDValue value = single == null ? LDValue.ofNull() : single.getValue(reference);
    String path = attribute.replaceFirst("^/", "");
    return kind + (path.equals("key") ? "" : " " + path) + " " + shown(value);
  }

  private String values() {
    List<String> shown = new ArrayList<>();
    for (LDValue value : clause.get("values").values()) {
      if (shown.size() < SHOWN_VALUES) {
        shown.add(shown(value));
      }
    }
    int more = clause.get("values").size() - shown.size();
    return (shown.size() > 1 ? " any of " : " ")
        + String.join(", ", shown)
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static String shown(LDValue value) {
    return value.isString() ? "'" + value.stringValue() + "'" : value.toJsonString();
  }

  private record Verb(String yes, String no) {}
}
