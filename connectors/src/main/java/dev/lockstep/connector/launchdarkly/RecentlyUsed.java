package dev.lockstep.connector.launchdarkly;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what was not asked for longest: keys come from strangers. */
final class RecentlyUsed<K, V> extends LinkedHashMap<K, V> {

  static final int MAX_ENTRIES = 4096;

  private static final long serialVersionUID = 1L;

  RecentlyUsed() {
    super(16, 0.75f, true);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > MAX_ENTRIES;
  }
}
