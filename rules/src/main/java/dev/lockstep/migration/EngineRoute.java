package dev.lockstep.migration;

import dev.lockstep.flag.Disposition;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the flags route one customer in one engine.
 *
 * @param intake how many of the customer's events are let in, in thousandths of a percent; null if
 *     that is divided by anything else than a percentage of events
 * @param egress where alerts go; null if that differs by event or by rule
 */
public record EngineRoute(@Nullable Integer intake, @Nullable Disposition egress) {

  /** The intake of everything. */
  public static final int ALL = 100_000;

  private static final double OF_A_PERCENT = 1000;

  public EngineRoute {
    if (intake != null && (intake < 0 || intake > ALL)) {
      throw new IllegalArgumentException(
          "intake must be from 0 to %d, was %d".formatted(ALL, intake));
    }
  }

  /** Whether no event is let in: then it is all one where alerts would go. */
  public boolean isShut() {
    return intake != null && intake == 0;
  }

  /** Whether every event is let in. */
  public boolean takesAll() {
    return intake != null && intake == ALL;
  }

  /** Whether a part of the events is let in, and not all. */
  public boolean takesSome() {
    return intake != null && !isShut() && !takesAll();
  }

  /** The route in a few words, such as {@code all events, live}. */
  public String words() {
    if (isShut()) {
      return "no events";
    }
    String events =
        intake == null ? "some events" : takesAll() ? "all events" : percent() + " % of events";
    return events + ", " + (egress == null ? "by event or rule" : egress.flagValue());
  }

  private String percent() {
    double percent = (intake == null ? 0 : intake) / OF_A_PERCENT;
    return percent == Math.rint(percent)
        ? String.valueOf((long) percent)
        : String.format(Locale.ROOT, "%.3f", percent).replaceAll("0+$", "");
  }
}
