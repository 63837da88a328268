package dev.lockstep.program;

import dev.lockstep.sigma.Detection;
import dev.lockstep.sigma.ValueTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans each question that rules put to events once, and indexes it. */
final class SharedPredicates {
  private final Map<Detection, Integer> uses;
  private final Map<Detection, SharedPredicate> predicates = new HashMap<>();
  private final FieldSlots slots = new FieldSlots();
  private final Map<FieldSlot, FieldIndexBuilder> fields = new HashMap<>();
  private @Nullable FieldIndexBuilder keywords;

  /**
   * @param uses how often each question is asked, which says how common its answer is: rules are
   *     about what is often seen
   */
  SharedPredicates(Map<Detection, Integer> uses) {
    this.uses = uses;
  }

  SharedPredicate of(Detection.Field question) {
    SharedPredicate known = predicates.get(question);
    if (known != null) {
      return known;
    }
    Predicate test = question.test().choose(new FieldTestPlanner(slots, question.field()));
    return add(question, question.test(), test, indexOf(slots.of(question.field())));
  }

  SharedPredicate of(Detection.Keyword question) {
    SharedPredicate known = predicates.get(question);
    if (known != null) {
      return known;
    }
    Predicate test = question.test().choose(new KeywordTestPlanner());
    FieldIndexBuilder index = keywords == null ? new FieldIndexBuilder() : keywords;
    keywords = index;
    return add(question, question.test(), test, index);
  }

  EventIndex index() {
    List<FieldIndex> indexes = new ArrayList<>();
    int finds = 0;
    for (FieldSlot slot : slots.all()) {
      FieldIndex index = indexOf(slot).build(finds);
      finds += index.findCount();
      indexes.add(index);
    }
    FieldIndex keywordIndex = keywords == null ? null : keywords.build(finds);
    finds += keywordIndex == null ? 0 : keywordIndex.findCount();
    return new EventIndex(slots.all(), indexes, keywordIndex, predicates.size(), finds);
  }

  private FieldIndexBuilder indexOf(FieldSlot slot) {
    return fields.computeIfAbsent(slot, field -> new FieldIndexBuilder());
  }

  private SharedPredicate add(
      Detection question, ValueTest test, Predicate planned, FieldIndexBuilder index) {
    int number = predicates.size();
    double likelihood = index.add(test, number);
    Necessity necessity =
        likelihood == FieldIndexBuilder.ALWAYS
            ? Necessity.NONE
            : Necessity.of(number, likelihood * uses.getOrDefault(question, 1));
    SharedPredicate predicate = new SharedPredicate(number, planned, necessity);
    predicates.put(question, predicate);
    return predicate;
  }
}
