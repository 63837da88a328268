package dev.lockstep.connector.launchdarkly;

import com.launchdarkly.sdk.server.subsystems.DataStoreTypes.DataKind;
import com.launchdarkly.sdk.server.subsystems.DataStoreTypes.FullDataSet;
import com.launchdarkly.sdk.server.subsystems.DataStoreTypes.ItemDescriptor;
import com.launchdarkly.sdk.server.subsystems.DataStoreTypes.KeyedItems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All flags and segments as the SDK holds them, deleted ones included.
 *
 * @param byKind by kind, then by key
 */
record FlagItems(Map<DataKind, Map<String, ItemDescriptor>> byKind) {

  static final FlagItems NONE = new FlagItems(Map.of());

  FlagItems {
    Map<DataKind, Map<String, ItemDescriptor>> copy = new HashMap<>();
    byKind.forEach((kind, items) -> copy.put(kind, Map.copyOf(items)));
    byKind = Map.copyOf(copy);
  }

  static FlagItems of(FullDataSet<ItemDescriptor> all) {
    Map<DataKind, Map<String, ItemDescriptor>> byKind = new HashMap<>();
    for (Map.Entry<DataKind, KeyedItems<ItemDescriptor>> ofKind : all.getData()) {
      Map<String, ItemDescriptor> items = new HashMap<>();
      ofKind.getValue().getItems().forEach(item -> items.put(item.getKey(), item.getValue()));
      byKind.put(ofKind.getKey(), items);
    }
    return new FlagItems(byKind);
  }

  FlagItems with(DataKind kind, String key, ItemDescriptor item) {
    Map<String, ItemDescriptor> items = new HashMap<>(of(kind));
    items.put(key, item);
    Map<DataKind, Map<String, ItemDescriptor>> changed = new HashMap<>(byKind);
    changed.put(kind, items);
    return new FlagItems(changed);
  }

  /** Returns the items of a kind by key; empty when there are none. */
  Map<String, ItemDescriptor> of(DataKind kind) {
    return byKind.getOrDefault(kind, Map.of());
  }

  KeyedItems<ItemDescriptor> keyed(DataKind kind) {
    return new KeyedItems<>(List.copyOf(of(kind).entrySet()));
  }
}
