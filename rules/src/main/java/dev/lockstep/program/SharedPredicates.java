package dev.lockstep.program;

import dev.lockstep.sigma.ValueTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plans each question that rules put to events once, and indexes it. */
final class SharedPredicates {
  private final Map<Question, Integer> uses;
  private final Map<Question, SharedPredicate> predicates = new LinkedHashMap<>();
  private final FieldSlots slots = new FieldSlots();
  private final Map<FieldSlot, FieldIndexBuilder> fields = new HashMap<>();
  private @Nullable FieldIndexBuilder keywords;
  private final Map<Question, FieldIndexBuilder.Estimate> estimates = new HashMap<>();
  private final Map<Integer, ValueCheck> residues = new HashMap<>();
  private int checkCount;
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
    if (known != null) {
      return known;
    }
    int number = count++;
    FieldIndexBuilder index = indexOf(question);
    FieldIndexBuilder.Estimate estimate = estimate(question);
    double weight = estimate.likelihood() * uses.getOrDefault(question, 1);
    Necessity necessity =
        estimate.anywhere()
            ? Necessity.NONE
            : estimate.open()
                ? new Necessity(true, List.of(number, presenceOf(index)), weight)
                : Necessity.of(number, weight);
    SharedPredicate predicate = new SharedPredicate(number, necessity);
    predicates.put(question, predicate);
    return predicate;
  }

  /** The places of fields that are read though nothing is asked of them. */
  Map<String, List<FieldSlot>> slotsOf(Map<String, List<String>> places) {
    Map<String, List<FieldSlot>> found = new LinkedHashMap<>();
    places.forEach((name, at) -> found.put(name, at.stream().map(slots::of).toList()));
    return found;
  }

  /**
   * Ends the planning of questions.
   *
   * @param necessary the predicates by which rules become candidates: these must be indexed; others
   *     are where that is cheaper than to ask when a rule wants to know
   */
  void bind(Set<Integer> necessary) {
    indexes().forEach(index -> index.keepPresence(necessary));
    predicates.forEach(
        (question, predicate) -> {
          if (necessary.contains(predicate.number()) || question.isBetterIndexed()) {
            bindToIndex(question, predicate);
          } else {
            Predicate asked = planned(question.field(), question.tests());
            predicate.bind(/* indexed= */ false, /* open= */ true, asked, asked);
          }
        });
  }

  EventIndex index() {
    GramCounts commonness = new GramCounts();
    indexes().forEach(index -> index.count(commonness));
    int finds = 0;
    FieldIndex keywordIndex = null;
    if (keywords != null) {
      keywordIndex = keywords.build(commonness, null, finds);
      finds += keywordIndex.findCount();
    }
    List<FieldIndex> indexes = new ArrayList<>();
    for (FieldSlot slot : slots.all()) {
      FieldIndexBuilder field = indexOf(slot);
      FieldIndex index = field.build(commonness, keywordIndex, finds);
      finds += index.findCount();
      indexes.add(index);
    }
    return new EventIndex(slots.all(), indexes, keywordIndex, count, finds, residues);
  }

  private Stream<FieldIndexBuilder> indexes() {
    return Stream.concat(fields.values().stream(), Stream.ofNullable(keywords));
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

  private void bindToIndex(Question question, SharedPredicate predicate) {
    List<ValueTest> residue = indexOf(question).add(question.tests(), predicate.number());
    Predicate asked = residue.isEmpty() ? null : planned(question.field(), residue);
    if (asked instanceof ValuePredicate values) {
      residues.put(predicate.number(), values.check());
    }
    Predicate whole =
        asked == null
            ? planned(question.field(), List.of())
            : residue.equals(question.tests())
                ? asked
                : planned(question.field(), question.tests());
    predicate.bind(/* indexed= */ true, estimate(question).open(), whole, asked);
  }

  private FieldIndexBuilder.Estimate estimate(Question question) {
    return estimates.computeIfAbsent(question, asked -> FieldIndexBuilder.estimate(asked.tests()));
  }

  private int presenceOf(FieldIndexBuilder index) {
    if (index.presence() == FieldIndex.NOT_ASKED) {
      index.setPresence(count++);
    }
    return index.presence();
  }

  private Predicate planned(@Nullable String fieldName, List<ValueTest> tests) {
    if (fieldName == null) {
      return new KeywordPredicate(checkOf(tests), checkCount++);
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
    return new FieldPredicate(field, checkOf(tests), checkCount++);
  }

  private static ValueCheck checkOf(List<ValueTest> tests) {
    List<ValueCheck> checks = tests.stream().map(ValueChecks::of).toList();
    return checks.size() == 1 ? checks.get(0) : new AnyCheck(checks);
  }
}
