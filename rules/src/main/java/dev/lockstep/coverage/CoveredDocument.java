package dev.lockstep.coverage;

import dev.lockstep.sigma.Position;
import java.util.List;
import java.util.stream.Stream;

/**
 * What tests have seen of a rule, filter or correlation.
 *
 * @param file path of its file
 * @param filter whether it is a filter
 * @param tested whether it judged any event
 * @param parts the whole, unless it is the same as one of them, and the search identifiers that the
 *     condition names; of a correlation the whole only, true in cases in which it finds something
 */
public record CoveredDocument(
    String file,
    Position position,
    boolean filter,
    String id,
    String title,
    boolean tested,
    List<CoveredPart> parts) {
  public CoveredDocument {
    parts = List.copyOf(parts);
  }

  /** How many parts there are, each with all that it is made of. */
  public long total() {
    return all().count();
  }

  /** How many of these were true in some case and false in another. */
  public long exercised() {
    return all().filter(CoveredPart::exercised).count();
  }

  /** Returns all parts, each before what it is made of. */
  public Stream<CoveredPart> all() {
    return parts.stream().flatMap(CoveredPart::all);
  }

  /** Returns those that a person should look at, without what follows from them. */
  public Stream<CoveredPart> gaps() {
    return parts.stream().flatMap(CoveredPart::gaps);
  }
}
