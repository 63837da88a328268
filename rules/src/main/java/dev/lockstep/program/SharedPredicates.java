package dev.lockstep.program;

import dev.lockstep.sigma.ValueTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans each question that rules put to events once, and indexes it. */
final class SharedPredicates {
  private final Map<Question, Integer> uses;
  private final Map<Question, SharedPredicate> predicates = new HashMap<>();
  private final FieldSlots slots = new FieldSlots();
  private final Map<FieldSlot, FieldIndexBuilder> fields = new HashMap<>();
  private @Nullable FieldIndexBuilder keywords;
  private final IdentityHashMap<FieldIndexBuilder, Integer> presences = new IdentityHashMap<>();
  private int count;

  /**
   * @param uses how often each question is asked, which says how common its answer is: rules are
   *     about what is often seen
   */
  SharedPredicates(Map<Question, Integer> uses) {
    this.uses = uses;
  }

  SharedPredicate of(Question question) {
    SharedPredicate known = predicates.get(question);
    return known == null ? add(question) : known;
  }

  EventIndex index() {
    GramCounts commonness = new GramCounts();
    fields.values().forEach(field -> field.count(commonness));
    if (keywords != null) {
      keywords.count(commonness);
    }
    List<FieldIndex> indexes = new ArrayList<>();
    int finds = 0;
    for (FieldSlot slot : slots.all()) {
      FieldIndex index = indexOf(slot).build(commonness, finds, presenceOf(indexOf(slot)));
      finds += index.findCount();
      indexes.add(index);
    }
    FieldIndex keywordIndex =
        keywords == null ? null : keywords.build(commonness, finds, presenceOf(keywords));
    finds += keywordIndex == null ? 0 : keywordIndex.findCount();
    return new EventIndex(slots.all(), indexes, keywordIndex, count, finds);
  }

  private FieldIndexBuilder indexOf(FieldSlot slot) {
    return fields.computeIfAbsent(slot, field -> new FieldIndexBuilder());
  }

  private FieldIndexBuilder indexOf(Question question) {
    if (question.field() != null) {
      return indexOf(slots.of(question.field()));
    }
    FieldIndexBuilder index = keywords == null ? new FieldIndexBuilder() : keywords;
    keywords = index;
    return index;
  }

  private SharedPredicate add(Question question) {
    int number = count++;
    FieldIndexBuilder index = indexOf(question);
    FieldIndexBuilder.Answer answer = index.add(question.tests(), number);
    double weight = answer.likelihood() * uses.getOrDefault(question, 1);
    Necessity necessity =
        answer.anywhere()
            ? Necessity.NONE
            : answer.open()
                ? new Necessity(true, List.of(number, presenceOf(index)), weight)
                : Necessity.of(number, weight);
    List<ValueTest> residue = answer.residue();
    boolean nothingSettled = residue.equals(question.tests());
    Predicate open = residue.isEmpty() ? null : planned(question.field(), residue);
    Predicate whole =
        open == null
            ? planned(question.field(), List.of())
            : nothingSettled ? open : planned(question.field(), question.tests());
    SharedPredicate predicate = new SharedPredicate(number, necessity, answer.open(), whole, open);
    predicates.put(question, predicate);
    return predicate;
  }

  private int presenceOf(FieldIndexBuilder index) {
    return presences.computeIfAbsent(index, field -> count++);
  }

  private Predicate planned(@Nullable String fieldName, List<ValueTest> tests) {
    if (fieldName == null) {
      return new KeywordPredicate(checkOf(tests));
    }
    FieldSlot field = slots.of(fieldName);
    ValueTest test = tests.isEmpty() ? null : tests.get(0);
    if (test instanceof ValueTest.IsNull) {
      return new NullPredicate(field);
    } else if (test instanceof ValueTest.Exists exists) {
      return new ExistsPredicate(field, exists.expected());
    } else if (test instanceof ValueTest.SameAs sameAs) {
      return new SameAsPredicate(field, sameAs, slots.of(sameAs.otherField()));
    }
    return new FieldPredicate(field, checkOf(tests));
  }

  private static ValueCheck checkOf(List<ValueTest> tests) {
    List<ValueCheck> checks = tests.stream().map(ValueChecks::of).toList();
    return checks.size() == 1 ? checks.get(0) : new AnyCheck(checks);
  }
}
