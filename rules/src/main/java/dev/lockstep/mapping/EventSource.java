package dev.lockstep.mapping;

import java.util.Map;

/** One kind of event as a document of a mapping describes it, and as some customers have it. */
record EventSource(MappingLayer everyone, Map<String, MappingLayer> customers) {
  EventSource {
    customers = Map.copyOf(customers);
  }

  MappingLayer of(String customer) {
    return customers.getOrDefault(customer, everyone);
  }
}
