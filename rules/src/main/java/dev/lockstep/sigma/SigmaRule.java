package dev.lockstep.sigma;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A detection rule without faults (Sigma specification, "Rules").
 *
 * @param id the rule's key: its {@code id}, else its {@code name}, else its {@code title}
 * @param detections the search identifiers by name, in the order of the text
 * @param condition refers to nothing but {@code detections}; a list of conditions is one {@link
 *     Condition.AnyOf}
 * @param attributes every other attribute of the document by name, the custom ones and {@code
 *     lockstep} among them: strings, {@link java.math.BigDecimal}s, booleans, lists and maps
 * @param contentHash 16 hex digits that change when the document's text does, whatever the line
 *     endings, when the values of its placeholders do, or the filters
 * @param filters the ids of the filters that {@code condition} has taken in, in their order
 * @param captures fields whose values are wanted of each event that the rule finds, and for each
 *     the places where it may lie in the event
 */
public record SigmaRule(
    String id,
    String title,
    @Nullable RuleLevel level,
    @Nullable RuleStatus status,
    List<String> tags,
    Logsource logsource,
    RuleStage stage,
    CustomerScope customers,
    Map<String, Detection> detections,
    Condition condition,
    Map<String, Object> attributes,
    String contentHash,
    List<String> filters,
    Position position,
    Map<String, List<String>> captures) {

  /** A rule of whose events no values are asked. */
  public SigmaRule(
      String id,
      String title,
      @Nullable RuleLevel level,
      @Nullable RuleStatus status,
      List<String> tags,
      Logsource logsource,
      RuleStage stage,
      CustomerScope customers,
      Map<String, Detection> detections,
      Condition condition,
      Map<String, Object> attributes,
      String contentHash,
      List<String> filters,
      Position position) {
    this(
        id,
        title,
        level,
        status,
        tags,
        logsource,
        stage,
        customers,
        detections,
        condition,
        attributes,
        contentHash,
        filters,
        position,
        Map.of());
  }

  public SigmaRule {
    captures = Collections.unmodifiableMap(new LinkedHashMap<>(captures));
    tags = List.copyOf(tags);
    filters = List.copyOf(filters);
    detections = Collections.unmodifiableMap(new LinkedHashMap<>(detections));
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** The same rule asking something else; {@code condition} refers to nothing but {@code asked}. */
  public SigmaRule asking(Map<String, Detection> asked, Condition condition) {
    return new SigmaRule(
        id,
        title,
        level,
        status,
        tags,
        logsource,
        stage,
        customers,
        asked,
        condition,
        attributes,
        contentHash,
        filters,
        position,
        captures);
  }

  /** The same rule, of whose events the values of these fields are wanted. */
  public SigmaRule capturing(Map<String, List<String>> fields) {
    return new SigmaRule(
        id,
        title,
        level,
        status,
        tags,
        logsource,
        stage,
        customers,
        detections,
        condition,
        attributes,
        contentHash,
        filters,
        position,
        fields);
  }

  /** The same rule for none but those of its customers that {@code scope} includes. */
  public SigmaRule within(CustomerScope scope) {
    return new SigmaRule(
        id,
        title,
        level,
        status,
        tags,
        logsource,
        stage,
        customers.and(scope),
        detections,
        condition,
        attributes,
        contentHash,
        filters,
        position,
        captures);
  }

  /** The same rule under another key. */
  public SigmaRule withId(String other) {
    return new SigmaRule(
        other,
        title,
        level,
        status,
        tags,
        logsource,
        stage,
        customers,
        detections,
        condition,
        attributes,
        contentHash,
        filters,
        position,
        captures);
  }

  /** Tells whether a document that refers to a rule by id or name means this one. */
  public boolean isCalled(String reference) {
    return reference.equals(id) || reference.equals(attributes.get("name"));
  }

  /** Tells whether the rule judges this customer's events. */
  public boolean appliesTo(String customer) {
    return customers.includes(customer);
  }
}
