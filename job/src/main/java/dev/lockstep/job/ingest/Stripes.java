package dev.lockstep.job.ingest;

import dev.lockstep.connector.wire.EventRecord;
import java.util.Map;
import org.apache.flink.api.java.functions.KeySelector;

/**
 * The key of judgement: a customer, or a stripe of a big one. The stripe is a function of the event
 * id alone, so that a replay finds every event at the same key.
 */
final class Stripes implements KeySelector<EventRecord, String> {

  private static final long serialVersionUID = 1L;

  private final Map<String, Integer> stripesOfCustomer;

  Stripes(Map<String, Integer> stripesOfCustomer) {
    this.stripesOfCustomer = Map.copyOf(stripesOfCustomer);
  }

  @Override
  public String getKey(EventRecord event) {
    int stripes = stripesOfCustomer.getOrDefault(event.customer, 1);
    return Math.floorMod(event.id.hashCode(), stripes) + "/" + event.customer;
  }
}
