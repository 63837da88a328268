package dev.lockstep.alert;

import dev.lockstep.alert.Alert.Routing;
import java.util.HashMap;
import java.util.Map;

/** Ways out as alerts have them; most alerts take one of few. Belongs to one thread. */
public final class WrittenRoutings {

  /** More than that are of flags that came and went. */
  private static final int MAX_KEPT = 1_000;

  private final Map<Routing, byte[]> written = new HashMap<>();

  /** Returns the bytes that {@link AlertHead#routed} puts into an alert; not to be changed. */
  public byte[] of(Routing routing) {
    byte[] known = written.get(routing);
    if (known == null) {
      if (written.size() >= MAX_KEPT) {
        written.clear();
      }
      known = AlertJson.routing(routing);
      written.put(routing, known);
    }
    return known;
  }
}
