package dev.lockstep.job.state;

import dev.lockstep.customer.CustomerDirectory;
import dev.lockstep.flag.Disposition;
import dev.lockstep.flag.FlagDecision;
import dev.lockstep.flag.FlagDecisions;
import dev.lockstep.flag.FlagSetReader;
import dev.lockstep.flag.FlagSubject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Flag sets of two words: {@code open} or the customer that may not come in, and where alerts go.
 * Refuses all other texts; its decisions do not answer once they are closed.
 */
public final class ScriptedFlags implements FlagSetReader {

  /** Lets everything in and all alerts go live. */
  public static final String LIVE = "open live";

  private static final long serialVersionUID = 1L;

  /** What an operator needs to have these flags, and no customer directory. */
  public static ActiveFlags.Policy policy(@Nullable Disposition onMissing) {
    return new ActiveFlags.Policy(
        new ScriptedFlags(), /* hasSource= */ true, /* hasCustomers= */ false, onMissing);
  }

  @Override
  public FlagDecisions read(String flagSet, CustomerDirectory customers) {
    List<String> words = List.of(flagSet.split(" ", -1));
    if (words.size() != 2) {
      throw new IllegalArgumentException("a flag set has two words, this is '" + flagSet + "'");
    }
    return new Decisions(flagSet, words.get(0), disposition(words.get(1)));
  }

  private static Disposition disposition(String flagValue) {
    for (Disposition disposition : Disposition.values()) {
      if (disposition.flagValue().equals(flagValue)) {
        return disposition;
      }
    }
    throw new IllegalArgumentException("no disposition: " + flagValue);
  }

  private static final class Decisions implements FlagDecisions {
    private final String version;
    private final String closedTo;
    private final Disposition disposition;
    private boolean closed;

    Decisions(String version, String closedTo, Disposition disposition) {
      this.version = version;
      this.closedTo = closedTo;
      this.disposition = disposition;
    }

    @Override
    public FlagDecision<Boolean> ingress(FlagSubject subject) {
      return new FlagDecision<>(!closedTo.equals(subject.customer()), reason());
    }

    @Override
    public FlagDecision<Disposition> egress(FlagSubject subject) {
      return new FlagDecision<>(disposition, reason());
    }

    private String reason() {
      if (closed) {
        throw new IllegalStateException("flag set '" + version + "' is closed");
      }
      return "SCRIPTED";
    }

    @Override
    public String version() {
      return version;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
