package dev.lockstep.parity;

import dev.lockstep.alert.Lane;
import java.util.List;

/**
 * Is an alert owed to the live lane that no engine has sent there?
 *
 * <p>Flags reach two engines at different times. When a customer moves from one to the other, each
 * may hold the flag set of which the other one is live, and both send to shadow. Of each copy we
 * know where its flag set sends the alert in either engine. The alert is owed if each engine has a
 * copy, none is live, and each copy's flag set has one of the engines live: then no flag set that
 * was in force says that nobody is to be alerted, and somebody must be. If one of the sets keeps
 * the alert in shadow everywhere, shadow is what it would have come to had that set been in force
 * in both engines, and it is let be. No clock is asked, so it does not matter how far apart the
 * engines learn of a change, or in which order.
 */
final class LiveDebt {

  private static final String LIVE = Lane.LIVE.wireName();

  private LiveDebt() {}

  /**
   * Decides by the copies that are there; more copies never make an owed alert less owed, but a
   * live one.
   */
  static boolean isOwed(ComparedEngines engines, List<AlertCopy> copies) {
    if (copies.stream().anyMatch(copy -> copy.isLive() || copy.isShadowOnly())) {
      return false;
    }
    List<AlertCopy> first = owing(engines.first(), engines, copies);
    List<AlertCopy> second = owing(engines.second(), engines, copies);
    return first.stream()
        .anyMatch(one -> second.stream().anyMatch(other -> says(one) || says(other)));
  }

  /** A copy of an engine that does not say, being of an earlier version, is no witness. */
  private static List<AlertCopy> owing(
      String engine, ComparedEngines engines, List<AlertCopy> copies) {
    return copies.stream()
        .filter(copy -> copy.engine().equals(engine))
        .filter(copy -> !says(copy) || hasOneLive(copy, engines))
        .toList();
  }

  private static boolean says(AlertCopy copy) {
    return !copy.lanes().isEmpty();
  }

  static boolean hasOneLive(AlertCopy copy, ComparedEngines engines) {
    return LIVE.equals(copy.lanes().get(engines.first()))
        || LIVE.equals(copy.lanes().get(engines.second()));
  }
}
