package dev.lockstep.migration;

import dev.lockstep.flag.Disposition;
import java.util.Optional;

/** How far a customer is on the way from the engine that it leaves to the one that it goes to. */
public enum Stage {
  /** The new engine gets nothing. */
  OFF("off"),
  /** The new engine gets a percentage of the events; its alerts go to shadow. */
  SHADOW_TRICKLE("shadow trickle"),
  /** Both engines get everything; the new one's alerts go to shadow. */
  SHADOW_FULL("shadow full"),
  /** Both engines get everything; the new one is live, the old one in shadow. */
  LIVE("live"),
  /** The old engine gets nothing any more. */
  RETIRED("retired"),
  /** None of these: a person must look. */
  UNCLEAR("unclear");

  private final String words;

  Stage(String words) {
    this.words = words;
  }

  /** The stage in words. */
  public String words() {
    return words;
  }

  /**
   * Where a customer is.
   *
   * @param from its route in the engine that it leaves
   * @param to its route in the engine that it goes to
   */
  public static Stage of(EngineRoute from, EngineRoute to) {
    if (from.takesAll() && from.egress() == Disposition.LIVE) {
      if (to.isShut()) {
        return OFF;
      }
      boolean shadow = to.egress() == Disposition.SHADOW;
      return shadow && to.takesSome()
          ? SHADOW_TRICKLE
          : shadow && to.takesAll() ? SHADOW_FULL : UNCLEAR;
    }
    if (to.takesAll() && to.egress() == Disposition.LIVE) {
      return from.isShut()
          ? RETIRED
          : from.takesAll() && from.egress() == Disposition.SHADOW ? LIVE : UNCLEAR;
    }
    return UNCLEAR;
  }

  /**
   * How both engines are routed in this stage.
   *
   * @param trickle the share of {@link #SHADOW_TRICKLE}, in thousandths of a percent
   * @throws IllegalStateException for {@link #UNCLEAR}, which is many things
   */
  public Routes routes(int trickle) {
    EngineRoute live = new EngineRoute(EngineRoute.ALL, Disposition.LIVE);
    EngineRoute shadow = new EngineRoute(EngineRoute.ALL, Disposition.SHADOW);
    EngineRoute shut = new EngineRoute(0, Disposition.SHADOW);
    return switch (this) {
      case OFF -> new Routes(live, shut);
      case SHADOW_TRICKLE -> new Routes(live, new EngineRoute(trickle, Disposition.SHADOW));
      case SHADOW_FULL -> new Routes(live, shadow);
      case LIVE -> new Routes(shadow, live);
      case RETIRED -> new Routes(shut, live);
      case UNCLEAR -> throw new IllegalStateException("an unclear stage has no routes");
    };
  }

  /**
   * The stage after this one.
   *
   * @param trickles whether a percentage of the events comes first
   * @return empty at the end of the way, and where no way is known
   */
  public Optional<Stage> next(boolean trickles) {
    return switch (this) {
      case OFF -> Optional.of(trickles ? SHADOW_TRICKLE : SHADOW_FULL);
      case SHADOW_TRICKLE -> Optional.of(SHADOW_FULL);
      case SHADOW_FULL -> Optional.of(LIVE);
      case LIVE -> Optional.of(RETIRED);
      case RETIRED, UNCLEAR -> Optional.empty();
    };
  }

  /** The stage that is gone back to; empty where there is none before. */
  public Optional<Stage> back() {
    return switch (this) {
      case SHADOW_TRICKLE, SHADOW_FULL -> Optional.of(OFF);
      case LIVE -> Optional.of(SHADOW_FULL);
      case RETIRED -> Optional.of(LIVE);
      case OFF, UNCLEAR -> Optional.empty();
    };
  }

  /**
   * Routes of both engines.
   *
   * @param from of the engine that the customer leaves
   * @param to of the engine that it goes to
   */
  public record Routes(EngineRoute from, EngineRoute to) {}
}
