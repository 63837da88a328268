package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.server.interfaces.DataStoreStatusProvider.CacheStats;
import com.launchdarkly.sdk.server.subsystems.DataStore;
import com.launchdarkly.sdk.server.subsystems.DataStoreTypes.DataKind;
import com.launchdarkly.sdk.server.subsystems.DataStoreTypes.FullDataSet;
import com.launchdarkly.sdk.server.subsystems.DataStoreTypes.ItemDescriptor;
import com.launchdarkly.sdk.server.subsystems.DataStoreTypes.KeyedItems;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The SDK's memory, which we can fill and overhear. Readers never wait; changes come one after
 * another.
 */
final class FlagStore implements DataStore {

  private final Consumer<FlagItems> onChange;
  private volatile FlagItems items = FlagItems.NONE;
  private volatile boolean initialized;

  /** {@code onChange} is called by the changing thread, in the order of changes. */
  FlagStore(Consumer<FlagItems> onChange) {
    this.onChange = onChange;
  }

  /** A whole set replaces everything, also what has a higher version: it is the server's truth. */
  @Override
  public void init(FullDataSet<ItemDescriptor> all) {
    init(FlagItems.of(all));
  }

  synchronized void init(FlagItems all) {
    items = all;
    initialized = true;
    onChange.accept(all);
  }

  @Override
  public synchronized boolean upsert(DataKind kind, String key, ItemDescriptor item) {
    ItemDescriptor known = get(kind, key);
    if (known != null && known.getVersion() >= item.getVersion()) {
      return false;
    }
    items = items.with(kind, key, item);
    onChange.accept(items);
    return true;
  }

  @Override
  public @Nullable ItemDescriptor get(DataKind kind, String key) {
    return items.of(kind).get(key);
  }

  @Override
  public KeyedItems<ItemDescriptor> getAll(DataKind kind) {
    return items.keyed(kind);
  }

  @Override
  public boolean isInitialized() {
    return initialized;
  }

  @Override
  public boolean isStatusMonitoringEnabled() {
    return false;
  }

  @Override
  public @Nullable CacheStats getCacheStats() {
    return null;
  }

  @Override
  public void close() {
    // Evaluation and overhearing end with the client that holds this.
  }
}
