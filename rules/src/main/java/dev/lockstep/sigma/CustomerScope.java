package dev.lockstep.sigma;

import java.util.LinkedHashSet;
import java.util.Set;

/** The customers whose events a rule judges, as {@code lockstep.customers} says. */
public record CustomerScope(Kind kind, Set<String> customers) {

  /** How {@link #customers} is meant. */
  public enum Kind {
    /** The named customers and no other. */
    ONLY,
    /** Every customer but the named ones. */
    EXCEPT
  }

  /** The scope of a rule that says nothing about customers. */
  public static final CustomerScope EVERYONE = new CustomerScope(Kind.EXCEPT, Set.of());

  public CustomerScope {
    customers = Set.copyOf(customers);
  }

  /** Customer ids are compared exactly, case and all. */
  public boolean includes(String customer) {
    return customers.contains(customer) == (kind == Kind.ONLY);
  }

  /** Returns the customers that both scopes include. */
  public CustomerScope and(CustomerScope other) {
    Set<String> joined = new LinkedHashSet<>(customers);
    if (kind == Kind.EXCEPT && other.kind == Kind.EXCEPT) {
      joined.addAll(other.customers);
      return new CustomerScope(Kind.EXCEPT, joined);
    }
    if (kind == Kind.EXCEPT) {
      return other.and(this);
    }
    joined.removeIf(customer -> !other.includes(customer));
    return new CustomerScope(Kind.ONLY, joined);
  }

  /** Tells whether no customer at all is included. */
  public boolean isEmpty() {
    return kind == Kind.ONLY && customers.isEmpty();
  }
}
