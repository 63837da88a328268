package dev.lockstep.program;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is proven of every match of a regular expression, or of a part of one. Texts are folded.
 *
 * @param required of each set, one text at least is in the match; none is empty
 * @param choices what the match is: one of these; null when that is not known. They are not among
 *     {@code required}
 * @param minLength how long the match is at least, in UTF-16 units
 */
record RegexProof(List<Set<String>> required, @Nullable Set<String> choices, int minLength) {
  static final RegexProof NOTHING = new RegexProof(List.of(), null, 0);

  /** An assertion, which takes no text. */
  static final RegexProof EMPTY = new RegexProof(List.of(), Set.of(""), 0);

  static final RegexProof ONE_CHARACTER = new RegexProof(List.of(), null, 1);

  /** More sets or larger ones take longer to look for than they save. */
  private static final int MAX_SETS = 8;

  private static final int MAX_TEXTS = 25;

  /** No more than this is ever claimed, so that the sum stays a number. */
  private static final int MAX_LENGTH = 10_000;

  RegexProof {
    required =
        required.stream()
            .filter(texts -> !texts.contains(""))
            .sorted(Comparator.comparingInt(RegexProof::shortest).reversed())
            .limit(MAX_SETS)
            .toList();
  }

  /** One character out of some, whatever its case. */
  static RegexProof oneOf(String characters) {
    Set<String> texts = new LinkedHashSet<>();
    characters.codePoints().forEach(c -> texts.add(CaseFolding.fold(Character.toString(c))));
    return new RegexProof(List.of(), texts, 1);
  }

  /** All that must be in a match, {@link #choices} as well unless they say nothing. */
  List<Set<String>> requirements() {
    List<Set<String>> all = new ArrayList<>(required);
    if (choices != null && !choices.contains("")) {
      all.add(choices);
    }
    return all;
  }

  /** The requirement whose shortest text is the longest; empty if there is none. */
  Set<String> best() {
    Set<String> best = Set.of();
    for (Set<String> texts : requirements()) {
      best = shortest(texts) > shortest(best) ? texts : best;
    }
    return best;
  }

  /** Either of the two. */
  RegexProof or(RegexProof other) {
    int length = Math.min(minLength, other.minLength);
    if (choices != null && other.choices != null) {
      Set<String> union = union(choices, other.choices);
      if (union.size() <= MAX_TEXTS) {
        return new RegexProof(List.of(), union, length);
      }
    }
    Set<String> mine = best();
    Set<String> theirs = other.best();
    Set<String> union = union(mine, theirs);
    boolean says = !mine.isEmpty() && !theirs.isEmpty() && union.size() <= MAX_TEXTS;
    return new RegexProof(says ? List.of(union) : List.of(), null, length);
  }

  /** This, {@code min} to {@code max} times. */
  RegexProof times(int min, int max) {
    int length = Math.min(MAX_LENGTH, min * minLength);
    if (min == 1 && max == 1) {
      return this;
    } else if (min == 0) {
      return NOTHING;
    } else if (min == max && choices != null && choices.size() == 1 && min <= MAX_TEXTS) {
      return new RegexProof(List.of(), Set.of(choices.iterator().next().repeat(min)), length);
    }
    return new RegexProof(requirements(), null, length);
  }

  /** All of the parts, one right after the other. */
  static RegexProof sequence(List<RegexProof> parts) {
    List<Set<String>> required = new ArrayList<>();
    Set<String> run = Set.of("");
    boolean runIsAll = true;
    int length = 0;
    for (RegexProof part : parts) {
      length = Math.min(MAX_LENGTH, length + part.minLength);
      required.addAll(part.required);
      Set<String> longer = part.choices == null ? Set.of() : joined(run, part.choices);
      boolean joins = !longer.isEmpty() && longer.size() <= MAX_TEXTS;
      if (!joins) {
        required.add(run);
        runIsAll = false;
      }
      run = joins ? longer : part.choices == null ? Set.of("") : part.choices;
    }
    if (runIsAll) {
      return new RegexProof(required, run, length);
    }
    required.add(run);
    return new RegexProof(required, null, length);
  }

  private static Set<String> joined(Set<String> heads, Set<String> tails) {
    Set<String> joined = new LinkedHashSet<>();
    heads.forEach(head -> tails.forEach(tail -> joined.add(head + tail)));
    return joined;
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> union = new LinkedHashSet<>(some);
    union.addAll(others);
    return union;
  }

  private static int shortest(Set<String> texts) {
    return texts.stream().mapToInt(String::length).min().orElse(0);
  }
}
