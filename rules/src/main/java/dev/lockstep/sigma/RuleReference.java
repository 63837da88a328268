package dev.lockstep.sigma;

/** An id or name of a rule, as another document writes it, and where. */
public record RuleReference(String rule, Position position) {}
