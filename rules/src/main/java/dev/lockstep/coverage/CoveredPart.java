package dev.lockstep.coverage;

import dev.lockstep.sigma.Position;
import dev.lockstep.sigma.WrittenPart;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What tests have seen of a part of a rule or filter, or of a correlation.
 *
 * @param written the part; null for the whole
 * @param seenTrue whether it was true in some case
 * @param seenFalse whether it was false in some case
 */
public record CoveredPart(
    @Nullable WrittenPart written,
    Position position,
    boolean seenTrue,
    boolean seenFalse,
    List<CoveredPart> parts) {
  public CoveredPart {
    parts = List.copyOf(parts);
  }

  /** Tells whether some case made it true, and some case false. */
  public boolean exercised() {
    return seenTrue && seenFalse;
  }

  /** Returns this part, then all that it is made of. */
  public Stream<CoveredPart> all() {
    return Stream.concat(Stream.of(this), parts.stream().flatMap(CoveredPart::all));
  }

  /**
   * The parts that explain why not all is exercised: for one that lacks an answer, those in it that
   * lack it, too, unless all of them do.
   */
  public Stream<CoveredPart> gaps() {
    if (parts.stream().allMatch(this::sameAnswers)) {
      return exercised() ? parts.stream().flatMap(CoveredPart::gaps) : Stream.of(this);
    }
    Stream<CoveredPart> within = parts.stream().flatMap(CoveredPart::gaps);
    return explained() ? within : Stream.concat(Stream.of(this), within);
  }

  private boolean sameAnswers(CoveredPart part) {
    return part.seenTrue == seenTrue
        && part.seenFalse == seenFalse
        && part.parts.stream().allMatch(this::sameAnswers);
  }

  private boolean explained() {
    return (seenTrue || parts.stream().anyMatch(part -> !part.seenTrue))
        && (seenFalse || parts.stream().anyMatch(part -> !part.seenFalse));
  }
}
