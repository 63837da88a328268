package dev.lockstep.customer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Attributes of customers, such as tier and region, that flags can target. Immutable and safe for
 * use by many threads. A customer who is not in it has no attributes.
 */
public final class CustomerDirectory {

  /** Knows no customer. */
  public static final CustomerDirectory EMPTY = new CustomerDirectory(Map.of());

  private final Map<String, Map<String, AttributeValue>> customers;

  CustomerDirectory(Map<String, Map<String, AttributeValue>> customers) {
    Map<String, Map<String, AttributeValue>> copy = new LinkedHashMap<>();
    customers.forEach(
        (id, attributes) ->
            copy.put(id, Collections.unmodifiableMap(new LinkedHashMap<>(attributes))));
    this.customers = copy;
  }

  /**
   * Reads a directory file: YAML 1.2 (or JSON), a map of customer ids to maps of attributes.
   *
   * @param path names the file in issues
   */
  public static ParsedCustomers parse(String path, String text) {
    return new CustomerDirectoryReader(path).read(text);
  }

  /** The customer's attributes by name, in the order of the file. */
  public Map<String, AttributeValue> attributesOf(String customer) {
    return customers.getOrDefault(customer, Map.of());
  }

  /** Number of customers. */
  public int size() {
    return customers.size();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CustomerDirectory that && customers.equals(that.customers);
  }

  @Override
  public int hashCode() {
    return customers.hashCode();
  }

  /** All customers with their attributes; equal directories of one order have equal texts. */
  @Override
  public String toString() {
    return customers.toString();
  }
}
