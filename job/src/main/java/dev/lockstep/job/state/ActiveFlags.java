package dev.lockstep.job.state;

import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FixedDecisions;
import dev.lockstep.flag.FlagDecisions;
import dev.lockstep.flag.FlagSetReader;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** The flags in force in one operator. */
public final class ActiveFlags implements AutoCloseable {

  private final FlagSetReader reader;
  private @Nullable FlagDecisions decisions;

  private ActiveFlags(FlagSetReader reader, @Nullable FlagDecisions decisions) {
    this.reader = reader;
    this.decisions = decisions;
  }

  /** The decisions in force, or null while there are none and events must wait. */
  public @Nullable FlagDecisions decisions() {
    return decisions;
  }

  /** Takes an update of flags into force. */
  public void replace(ControlUpdate flags) {
    FlagDecisions next = reader.read(flags.flagSet());
    close();
    decisions = next;
  }

  @Override
  public void close() {
    if (decisions != null) {
      decisions.close();
    }
  }

  /**
   * What an operator needs to know to have flags.
   *
   * @param reader reads flag sets
   * @param onMissing decides while there is no flag set; null: elements wait
   */
  public record Policy(FlagSetReader reader, @Nullable Disposition onMissing)
      implements Serializable {

    /** Returns the flags as they are before any flag set has come. */
    public ActiveFlags start() {
      return new ActiveFlags(reader, onMissing == null ? null : new FixedDecisions(onMissing));
    }
  }
}
